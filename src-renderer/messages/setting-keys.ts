import { en } from '../../src-main/messages/en/window.ts';
import type { MessageKey } from '../../src-main/messages/message.ts';

/** A setting by its name in the strategy and the name of its field, which differ where strategies share a name. */
interface Named {
  readonly name: string;
  readonly setting: string;
}

type NumberKey = Extract<MessageKey, `field-${string}`>;
type ChoiceKey = Extract<MessageKey, `choice-${string}`>;

const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** The message named after a field or, if there is none, after its setting; a test checks that there is one. */
function keyFor(prefix: string, { name, setting }: Named, suffix = ''): string {
  const ofField = `${prefix}-${kebab(name)}${suffix}`;
  return ofField in en ? ofField : `${prefix}-${kebab(setting)}${suffix}`;
}

export const numberLabel = (field: Named) => keyFor('field', field) as NumberKey;
export const numberHelp = (field: Named) => keyFor('field', field, '-text') as NumberKey;
export const choiceLabel = (field: Named) => keyFor('choice', field) as ChoiceKey;
export const optionLabel = (field: Named, option: string) =>
  keyFor('choice', field, `-${option}`) as ChoiceKey;
