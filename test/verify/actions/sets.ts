import fs from 'node:fs';
import path from 'node:path';
import {
  actionLanguages,
  measuredActions,
  type ActionLanguage,
  type MeasuredAction,
} from '../../../src-main/contract/rewrite/action-figures.ts';
import {
  builtInActions,
  instructed,
  type RewriteAction,
} from '../../../src-renderer/state/documents/actions.ts';

/** A passage of an evaluation set; what its fields mean is in test/actions/README.md. */
export interface ActionCase {
  readonly action: MeasuredAction;
  readonly language: ActionLanguage;
  readonly source: string;
  /** The right texts; none if checks decide. */
  readonly references: readonly string[];
  /** Of each entry, the text must have one. */
  readonly keep: readonly (readonly string[])[];
  /** The text must have none of them. */
  readonly not: readonly string[];
}

export const setsFolder = path.join(import.meta.dirname, '../../actions');

const customInstructions: Readonly<Partial<Record<MeasuredAction, string>>> = {
  past: 'Put this into the past tense',
  present: 'Put this into the present tense',
  third: 'Put this into the third person',
};

/** What the document does for an action: a built-in one, or a custom one with the instruction that is measured. */
export function rewriteActionOf(action: MeasuredAction): RewriteAction & { readonly id: string } {
  const instruction = customInstructions[action];
  if (instruction !== undefined) return { id: action, ...instructed({ instruction }) };
  return builtInActions.find(({ id }) => id === action)!;
}

/** Both directions of one set. */
const files: Readonly<Partial<Record<MeasuredAction, string>>> = { past: 'tense', present: 'tense' };

/** The cases of an action, in a language; none if there is no set. */
export function casesOf(action: MeasuredAction, language: ActionLanguage): readonly ActionCase[] {
  const file = path.join(setsFolder, `${files[action] ?? action}-${language}.txt`);
  if (!fs.existsSync(file)) return [];
  const lines = fs.readFileSync(file, 'utf8').split('\n');
  return lines.flatMap((line) => (line.trim() === '' ? [] : [caseOf(line, action, language)]));
}

/** Every set, in the order of actions. */
export function allSets(): readonly (readonly ActionCase[])[] {
  const sets = actionLanguages.flatMap((language) =>
    measuredActions.map((action) => casesOf(action, language)),
  );
  return sets.filter((cases) => cases.length > 0);
}

const checkedField = /^(keep|not): (.+)$/su;

/** @param line of a set's file */
export function caseOf(line: string, action: MeasuredAction, language: ActionLanguage): ActionCase {
  const fields = line.split(' | ').map((field) => field.trim().replaceAll('\\n', '\n'));
  const checks = fields.flatMap((field) => checkedField.exec(field) ?? []);
  const listed = (name: string) => {
    const at = checks.indexOf(name);
    return at === -1 ? [] : checks[at + 1]!.split(';').map((entry) => entry.trim());
  };
  const texts = fields.filter((field) => !checkedField.test(field));
  if (action === 'grammar') texts.shift();
  if (action === 'past') texts.reverse();
  const [source = '', ...references] = texts;
  return {
    ...{ action, language, source },
    references: references.map((text) => (text === '=' ? source : text)),
    keep: listed('keep').map((entry) => entry.split('/')),
    not: listed('not'),
  };
}
