import type { SettingRange } from '../../../src-main/contract/setting.ts';
import type { Strategy, StrategyKind, TokenStrategy } from '../../../src-main/contract/strategy.ts';
import { parseStrategy, strategyKinds, tokenStrategyOf } from '../../../src-main/contract/strategy.ts';
import type { Fault, Field, PolicyKind, SectionName } from './strategy-fields.ts';
import {
  faultOf,
  fields,
  fieldsOf,
  policyFields,
  ranges,
  sections,
  sectionsOf,
  settingOf,
} from './strategy-fields.ts';
import { biasIsRight, wordSettings, wordTexts, type WordTexts } from './word-settings.ts';

/** What is chosen from a few; as text, so that a list of options can hold it. */
export interface Choices {
  /** Of auto and speculative. */
  policy: PolicyKind;
  proposer: 'prompt-lookup' | 'draft-model' | 'combined';
  /** An installed model; '' for none. */
  draftModel: string;
  draftLength: 'adaptive' | 'fixed';
  acceptance: 'same-text' | 'rejection';
  earlyStopping: 'false' | 'true' | 'never';
  sample: boolean;
  candidatePolicy: 'greedy' | 'beam' | 'sampling';
}

/** What the settings together can't be, each of them being right, and the field beside which that is said. */
export interface Conflict {
  readonly kind:
    'groups' | 'best-width' | 'best-candidates' | 'sample-groups' | 'extensions' | 'draft' | 'bias';
  readonly field: Field | 'draftModel' | 'bias';
}

const defaultChoices: Choices = {
  policy: 'greedy',
  proposer: 'prompt-lookup',
  draftModel: '',
  draftLength: 'adaptive',
  acceptance: 'same-text',
  earlyStopping: 'false',
  sample: false,
  candidatePolicy: 'beam',
};

/** The strategy chooser's fields as they are typed, and what they amount to. */
export class StrategyForm {
  kind = $state.raw<StrategyKind>('auto');
  readonly choices = $state<Choices>({ ...defaultChoices });
  readonly texts = $state<Record<Field, string>>(defaultTexts());
  readonly words = $state<WordTexts>({ banned: '', forced: '', bias: '' });
  /** What the settings together can't be; null if they can. */
  readonly conflict = $derived.by(() => this.#conflict());
  /** The strategy that the fields describe; null while one of them is at fault. */
  readonly strategy = $derived.by(() => this.#strategy());
  /** The longest answer, in tokens; null while its field is at fault. */
  readonly maxTokens = $derived.by(() =>
    faultOf('maxTokens', this.texts.maxTokens) === null ? Number(this.texts.maxTokens) : null,
  );

  constructor(strategy: Strategy, maxTokens: number) {
    this.#take(strategy);
    this.texts.maxTokens = String(maxTokens);
  }

  /** What chooses the tokens one after another, where something does. */
  get policyKind(): PolicyKind | null {
    if (this.kind === 'greedy' || this.kind === 'sampling') return this.kind;
    return this.kind === 'auto' || this.kind === 'speculative' ? this.choices.policy : null;
  }

  /** The fields in sight, sections apart. */
  get fields(): readonly Field[] {
    const policy = this.policyKind === null ? [] : policyFields[this.policyKind];
    const more: Field[] = [];
    if (this.kind === 'speculative' && this.choices.draftLength === 'fixed') more.push('draftLength');
    if (this.kind === 'beam' && this.choices.sample) more.push('searchSeed');
    if (this.kind === 'candidate-set' && this.choices.candidatePolicy === 'sampling') more.push('searchSeed');
    return [...fieldsOf[this.kind], ...more, ...policy];
  }

  /** Sections of settings that are off while they are empty. */
  get sections(): readonly SectionName[] {
    return this.policyKind === null ? [] : sectionsOf[this.policyKind];
  }

  /** How many settings of a section are on. */
  countIn(section: SectionName): number {
    return sections[section].filter((field) => this.texts[field].trim() !== '').length;
  }

  get asksForDraft(): boolean {
    return this.kind === 'auto' || (this.kind === 'speculative' && this.choices.proposer !== 'prompt-lookup');
  }

  fault(field: Field): Fault | null {
    return faultOf(field, this.texts[field]);
  }

  /** Moves a field by one step, kept within its range; a field at fault becomes its nearest end. */
  nudge(field: Field, direction: 1 | -1): void {
    const { minimum, maximum, step }: SettingRange = ranges[field];
    const text = this.texts[field].trim();
    const now = text === '' ? NaN : Number(text);
    const next = Number.isFinite(now) ? now + direction * step : minimum;
    const rounded = Math.round(next * 1e6) / 1e6;
    this.texts[field] = String(Math.min(maximum, Math.max(minimum, rounded)));
  }

  /** Everything as it is when nobody has set anything; the kind and the longest answer stay. */
  reset(): void {
    const { maxTokens } = this.texts;
    Object.assign(this.texts, defaultTexts(), { maxTokens });
    Object.assign(this.choices, defaultChoices);
    Object.assign(this.words, { banned: '', forced: '', bias: '' });
  }

  #take(strategy: Strategy): void {
    this.kind = strategy.kind;
    const token = tokenStrategyOf(strategy);
    if (token) {
      writePolicy(this.texts, token);
      Object.assign(this.words, wordTexts(token));
    }
    writeFields(this.texts, fieldsOf[strategy.kind], strategy);
    if (strategy.kind === 'auto' || strategy.kind === 'speculative') {
      this.choices.policy = strategy.policy.kind;
      this.choices.draftModel = strategy.draftModel ?? '';
    }
    if (strategy.kind === 'speculative') {
      const { proposer, acceptance, draftLength } = strategy;
      Object.assign(this.choices, {
        proposer,
        acceptance,
        draftLength: draftLength === 'adaptive' ? draftLength : 'fixed',
      });
      if (draftLength !== 'adaptive') this.texts.draftLength = String(draftLength);
    }
    if (strategy.kind === 'beam') {
      this.choices.earlyStopping = String(strategy.earlyStopping) as Choices['earlyStopping'];
      this.choices.sample = strategy.sample;
      this.texts.searchSeed = String(strategy.seed);
    }
    if (strategy.kind === 'candidate-set') {
      this.choices.candidatePolicy = strategy.policy;
      this.texts.searchSeed = String(strategy.seed);
    }
  }

  #conflict(): Conflict | null {
    const whole = (field: Field) => (this.fault(field) === null ? Number(this.texts[field]) : NaN);
    const { sample, draftModel } = this.choices;
    if (this.kind === 'beam') {
      if (whole('width') % whole('groups') > 0) return { kind: 'groups', field: 'groups' };
      if (sample && whole('groups') > 1) return { kind: 'sample-groups', field: 'groups' };
      if (whole('best') > whole('width')) return { kind: 'best-width', field: 'best' };
    }
    if (this.kind === 'candidate-set') {
      if (whole('candidates') * whole('alternatives') > 64)
        return { kind: 'extensions', field: 'alternatives' };
      if (whole('best') > whole('candidates')) return { kind: 'best-candidates', field: 'best' };
    }
    if (this.kind === 'speculative' && this.asksForDraft && draftModel === '') {
      return { kind: 'draft', field: 'draftModel' };
    }
    return this.policyKind !== null && !biasIsRight(this.words.bias) ? { kind: 'bias', field: 'bias' } : null;
  }

  #strategy(): Strategy | null {
    const shown = [...this.fields, ...this.sections.flatMap((name) => sections[name])];
    if (this.conflict !== null || shown.some((field) => this.fault(field) !== null)) return null;
    const policy = this.#policy();
    const { proposer, draftModel, draftLength, acceptance, earlyStopping, sample, candidatePolicy } =
      this.choices;
    const draft = this.asksForDraft && draftModel !== '' ? { draftModel } : {};
    const own = { kind: this.kind, ...this.#numbers(fieldsOf[this.kind]) };
    switch (this.kind) {
      case 'greedy':
      case 'sampling':
        return parseStrategy(policy);
      case 'auto':
        return parseStrategy({ ...own, ...draft, policy });
      case 'speculative': {
        const length = draftLength === 'adaptive' ? draftLength : Number(this.texts.draftLength);
        return parseStrategy({ ...own, ...draft, proposer, acceptance, draftLength: length, policy });
      }
      case 'contrastive':
        return parseStrategy(own);
      case 'beam': {
        const stopping = earlyStopping === 'never' ? earlyStopping : earlyStopping === 'true';
        return parseStrategy({ ...own, earlyStopping: stopping, sample, seed: this.#searchSeed() });
      }
      case 'candidate-set':
        return parseStrategy({
          ...own,
          policy: candidatePolicy,
          seed: this.#searchSeed(),
        });
    }
  }

  #policy(): Record<string, unknown> | undefined {
    if (this.policyKind === null) return undefined;
    const further = this.sections.flatMap((name) => sections[name]);
    const { repetitionPenalty, ...numbers } = this.#numbers([...policyFields[this.policyKind], ...further]);
    // Off, for greedy, is to have none.
    const penalty = this.policyKind === 'greedy' && repetitionPenalty === 1 ? {} : { repetitionPenalty };
    return { kind: this.policyKind, ...numbers, ...penalty, ...wordSettings(this.words) };
  }

  /** Of a search that draws; one that doesn't may have any. */
  #searchSeed(): number {
    return this.fault('searchSeed') === null ? Number(this.texts.searchSeed) : 0;
  }

  #numbers(list: readonly Field[]): Record<string, number> {
    const set = list.filter((field) => this.texts[field].trim() !== '');
    return Object.fromEntries(set.map((field) => [settingOf(field), Number(this.texts[field])]));
  }
}

/** What the fields show where the strategy says nothing else. */
function defaultTexts(): Record<Field, string> {
  const texts = Object.fromEntries(fields.map((field) => [field, ''])) as Record<Field, string>;
  texts.draftLength = '4';
  texts.searchSeed = '0';
  for (const kind of strategyKinds) {
    const strategy = parseStrategy({ kind });
    const token = tokenStrategyOf(strategy);
    if (token) writePolicy(texts, token);
    writeFields(texts, fieldsOf[kind], strategy);
  }
  return texts;
}

function writePolicy(texts: Record<Field, string>, policy: TokenStrategy): void {
  writeFields(texts, [...policyFields[policy.kind], ...Object.values(sections).flat()], policy);
}

function writeFields(texts: Record<Field, string>, list: readonly Field[], settings: object): void {
  const values = settings as Readonly<Record<string, unknown>>;
  for (const field of list) {
    const value = values[settingOf(field)];
    if (typeof value === 'number') texts[field] = String(value);
  }
}
