import { Template } from '@huggingface/jinja';
import type { ChatMessage } from '../contract/chat.ts';
import { ForedraftError } from '../contract/error.ts';

/** Longest chat template that is rendered, in UTF-8 bytes. */
export const maximumTemplateBytes = 64 * 1024;

export interface ChatTemplateOptions {
  /** Whether the text ends where the answer begins; default true. */
  readonly addGenerationPrompt?: boolean;
  /** The model's beginning and end tokens as written, which some templates ask for; default ''. */
  readonly beginToken?: string;
  readonly endToken?: string;
}

function failure(error: unknown): ForedraftError {
  const cause = error instanceof Error ? error.message : String(error);
  return new ForedraftError(
    'model-unsupported',
    `The model's chat template fails with "${cause}": change the messages or choose another model.`,
    { cause },
  );
}

let latest: { readonly source: string; readonly template: Template } | undefined;

/** Parses `source`, or takes the last one again: a model's template is the same turn after turn. */
function parsed(source: string): Template {
  if (latest?.source !== source) latest = { source, template: new Template(source) };
  return latest.template;
}

/**
 * The text that a conversation is to the model. What a template adds by itself, a default system
 * prompt for example, is kept.
 * @throws ForedraftError `model-unsupported` where there is no template, it is too long or it fails
 */
export function renderChat(
  template: string,
  messages: readonly ChatMessage[],
  options: ChatTemplateOptions = {},
): string {
  if (template.trim() === '') {
    throw new ForedraftError(
      'model-unsupported',
      'The model has no chat template, so it can only continue raw text: choose a model made for chat.',
    );
  }
  const bytes = new TextEncoder().encode(template).length;
  if (bytes > maximumTemplateBytes) {
    throw new ForedraftError(
      'model-unsupported',
      `The model's chat template has ${bytes} bytes, more than the ${maximumTemplateBytes} allowed: choose another model.`,
      { bytes },
    );
  }
  try {
    return parsed(template).render({
      messages: messages.map(({ role, content }) => ({ role, content })),
      add_generation_prompt: options.addGenerationPrompt ?? true,
      bos_token: options.beginToken ?? '',
      eos_token: options.endToken ?? '',
    });
  } catch (error) {
    throw failure(error);
  }
}
