import type {
  ConflictKind,
  Strategy,
  StrategyKind,
  TokenStrategy,
} from '../../../src-main/contract/strategy.ts';
import {
  descriptionOf,
  parseStrategy,
  strategyKinds,
  tokenStrategyOf,
} from '../../../src-main/contract/strategy.ts';
import { type PolicySection, policySections } from '../../../src-main/contract/strategy/policy-settings.ts';
import type { NumberControl } from '../../../src-main/contract/strategy/setting.ts';
import type { Fault, Field } from './strategy-fields.ts';
import { choiceOf, faultOf, fieldsOf, fixed, isNumber, numberControls } from './strategy-fields.ts';
import { biasIsRight, wordSettings, type WordSettings, wordTexts, type WordTexts } from './word-settings.ts';

/** Settings that are valid but incompatible, and the field that shows it. */
export interface Conflict {
  readonly kind: ConflictKind | 'bias';
  readonly field: string;
}

/** The raw fields of the strategy chooser, and the strategy they describe. */
export class StrategyForm {
  kind = $state.raw<StrategyKind>('auto');
  /** Typed text, by field name. */
  readonly texts = $state<Record<string, string>>({});
  /** Selected options as text, by field name. */
  readonly choices = $state<Record<string, string>>({});
  readonly words = $state<WordTexts>({ banned: '', forced: '', bias: '' });
  /** null if the settings are compatible. */
  readonly conflict = $derived.by(() => this.#conflict());
  /** The strategy that the fields describe; null while one of them is invalid. */
  readonly strategy = $derived.by(() => this.#strategy());
  /** The maximum length of an answer, in tokens; null while its field is invalid. */
  readonly maxTokens = $derived.by(() =>
    this.fault('maxTokens') === null ? Number(this.texts['maxTokens']) : null,
  );

  constructor(strategy: Strategy, maxTokens: number) {
    this.reset();
    this.texts['maxTokens'] = String(maxTokens);
    this.kind = strategy.kind;
    this.#take(strategy);
    const policy = tokenStrategyOf(strategy);
    if (policy) Object.assign(this.words, wordTexts(policy));
  }

  /** The kind of policy that chooses single tokens; null for strategies without one, such as searches. */
  get policyKind(): TokenStrategy['kind'] | null {
    if (this.kind === 'greedy' || this.kind === 'sampling') return this.kind;
    const field = fieldsOf(this.kind).find(({ control }) => control.type === 'token-strategy');
    return field ? (this.choices[field.name] as TokenStrategy['kind']) : null;
  }

  /** The fields that offer a choice from a few. */
  get choiceFields(): readonly Field[] {
    return this.#fields.filter((field) => choiceOf(field.control) && this.#applies(field));
  }

  /** The numbers that are always shown. */
  get fields(): readonly Field<NumberControl>[] {
    return this.#numbers.filter(
      ({ name, control: { section, keyword } }) =>
        section === undefined && (keyword === undefined || this.choices[name] === fixed),
    );
  }

  /** The sections that the other numbers are folded under. */
  get sections(): readonly PolicySection[] {
    return policySections.filter((section) => this.fieldsIn(section).length > 0);
  }

  fieldsIn(section: PolicySection): readonly Field<NumberControl>[] {
    return this.#numbers.filter(({ control }) => control.section === section);
  }

  /** How many settings of a section are on. */
  countIn(section: PolicySection): number {
    return this.fieldsIn(section).filter(({ name }) => this.texts[name]?.trim() !== '').length;
  }

  /** Whether a choice can't stay empty. */
  needs({ setting }: Field): boolean {
    return descriptionOf(this.kind).rules.some(({ between }) => between[0] === setting);
  }

  fault(name: string): Fault | null {
    return faultOf(numberControls[name]!, this.texts[name] ?? '');
  }

  /** Moves a number by one step within its range; an invalid one moves to the lower end. */
  nudge(name: string, direction: 1 | -1): void {
    const { minimum, maximum, step } = numberControls[name]!.range;
    const text = this.texts[name]?.trim() ?? '';
    const now = text === '' ? NaN : Number(text);
    const next = Number.isFinite(now) ? now + direction * step : minimum;
    const rounded = Math.round(next * 1e6) / 1e6;
    this.texts[name] = String(Math.min(maximum, Math.max(minimum, rounded)));
  }

  /** Restores the defaults of every strategy; the kind and the maximum length stay. */
  reset(): void {
    for (const { name, control } of strategyKinds.flatMap(fieldsOf)) {
      if (control.type === 'number') this.texts[name] = String(control.initial ?? '');
      const choice = choiceOf(control);
      if (choice) this.choices[name] = choice.initial;
    }
    Object.assign(this.words, { banned: '', forced: '', bias: '' });
  }

  /** Fills the fields of a strategy's kind with its settings. */
  #take(strategy: Strategy): void {
    const values = strategy as Readonly<Record<string, unknown>>;
    for (const { name, setting, control } of fieldsOf(strategy.kind)) {
      const value = values[setting];
      if (typeof value === 'number') this.texts[name] = String(value);
      if (control.type === 'token-strategy') {
        const policy = value as TokenStrategy;
        this.choices[name] = policy.kind;
        this.#take(policy);
      } else if (choiceOf(control)) {
        const initial = control.type === 'choice' ? control.initial : '';
        this.choices[name] = typeof value === 'number' ? fixed : String(value ?? initial);
      }
    }
  }

  /** The fields of the kind and of its policy. */
  get #fields(): readonly Field[] {
    const { kind, policyKind } = this;
    const ofPolicy = policyKind === null || policyKind === kind ? [] : fieldsOf(policyKind);
    return [...fieldsOf(kind), ...ofPolicy];
  }

  get #numbers(): readonly Field<NumberControl>[] {
    return this.#fields.filter(isNumber).filter((field) => this.#applies(field));
  }

  #applies({ setting }: Field): boolean {
    const description = descriptionOf(this.kind);
    if (!(setting in description.settings)) return true;
    const values = () => this.#values(fieldsOf(this.kind));
    return setting === 'seed'
      ? description.draws(values())
      : (description.applies?.(setting, values()) ?? true);
  }

  /** The input of the strategy parser. A setting without effect is left out, except a seed. */
  get #input(): Readonly<Record<string, unknown>> {
    const fields = fieldsOf(this.kind).filter((field) => field.setting === 'seed' || this.#applies(field));
    return { kind: this.kind, ...this.#values(fields) };
  }

  /** The settings of those `fields` that are valid and not left out. */
  #values(fields: readonly Field[]): Readonly<Record<string, unknown>> {
    const values = fields.map((field) => [field.setting, this.#value(field)] as const);
    return Object.fromEntries(values.filter(([, value]) => value !== undefined));
  }

  #value({ name, setting, control }: Field): unknown {
    const choice = this.choices[name] ?? '';
    switch (control.type) {
      case 'number': {
        if (control.keyword !== undefined && choice === control.keyword) return choice;
        const text = this.texts[name]?.trim() ?? '';
        if (text === '' || this.fault(name) !== null) return undefined;
        return control.optional === true && Number(text) === control.initial ? undefined : Number(text);
      }
      case 'choice': {
        const value = control.values.find((one) => String(one) === choice);
        return control.optional === true && value === control.initial ? undefined : value;
      }
      case 'token-strategy':
        return { kind: choice, ...this.#values(fieldsOf(choice as StrategyKind)) };
      case 'model':
        return choice === '' ? undefined : choice;
      case 'words':
        return wordSettings(this.words)[setting as keyof WordSettings];
    }
  }

  #conflict(): Conflict | null {
    const input = this.#input;
    const fields = fieldsOf(this.kind);
    const nameOf = (setting: string) => fields.find((field) => field.setting === setting)?.name ?? setting;
    const isValid = (setting: string) => {
      const name = nameOf(setting);
      return !(name in numberControls) || this.fault(name) === null;
    };
    const broken = descriptionOf(this.kind).rules.find(
      (rule) => rule.between.every(isValid) && !rule.holds(input),
    );
    if (broken) return { kind: broken.conflict as ConflictKind, field: nameOf(broken.between[0]) };
    return this.policyKind !== null && !biasIsRight(this.words.bias) ? { kind: 'bias', field: 'bias' } : null;
  }

  #strategy(): Strategy | null {
    const shown = [...this.fields, ...this.sections.flatMap((section) => this.fieldsIn(section))];
    if (this.conflict !== null || shown.some(({ name }) => this.fault(name) !== null)) return null;
    return parseStrategy(this.#input);
  }
}
