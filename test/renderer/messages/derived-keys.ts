import { rewriteDoubts } from '../../../src-main/contract/rewrite/assessment.ts';
import { changeDoubts } from '../../../src-main/contract/rewrite/guard/verdict.ts';
import { strategies } from '../../../src-main/contract/strategy.ts';
import { strategyGroups } from '../../../src-main/contract/strategy/description.ts';
import { policySections } from '../../../src-main/contract/strategy/policy-settings.ts';
import { englishWords } from '../../../src-main/report/chart/words.ts';
import { presets } from '../../../src-main/report/presets.ts';
import { en } from '../../../src-main/messages/en/window.ts';
import {
  choiceLabel,
  numberHelp,
  numberLabel,
  optionLabel,
} from '../../../src-renderer/messages/setting-keys.ts';
import { choiceOf, fieldsOf, maxTokensField } from '../../../src-renderer/state/strategy/strategy-fields.ts';

/** The keys of the messages that all settings of all strategies need. */
export function settingKeys(): readonly string[] {
  return [maxTokensField, ...strategies.flatMap(({ kind }) => fieldsOf(kind))].flatMap((field) => {
    const choice = choiceOf(field.control);
    const options = choice?.options ?? [];
    const isSwitch = options.every((option) => option === 'true' || option === 'false');
    return [
      ...(field.control.type === 'number' ? [numberLabel(field), numberHelp(field)] : []),
      ...(choice ? [choiceLabel(field)] : []),
      ...(isSwitch ? [] : options.map((option) => optionLabel(field, option))),
    ];
  });
}

/** The keys that are made of the names of strategies and of their parts, and so stand nowhere in the source. */
export function derivedKeys(): ReadonlySet<string> {
  const conflicts = strategies.flatMap(({ rules }) =>
    rules.flatMap((rule) => ('conflict' in rule ? [rule.conflict] : [])),
  );
  return new Set([
    ...settingKeys(),
    ...strategies.flatMap(({ kind }) => [
      `strategy-${kind}`,
      `strategy-${kind}-text`,
      ...Object.keys(en).filter((key) => key.startsWith(`strategy-chip-${kind}`)),
    ]),
    ...strategyGroups.map((group) => `group-${group}`),
    ...Object.keys(englishWords).map((word) => `chart-${word}`),
    ...rewriteDoubts.map((doubt) => `doubt-${doubt}`),
    ...changeDoubts.map((doubt) => `change-${doubt}`),
    ...policySections.map((section) => `section-${section}`),
    ...[...conflicts, 'bias'].map((conflict) => `conflict-${conflict}`),
    ...presets.flatMap(({ columns }) => columns.map(({ label }) => `column-${label}`)),
  ]);
}
