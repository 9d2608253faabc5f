import { Template } from '@huggingface/jinja';
import type { ChatMessage } from '../contract/chat.ts';
import { ForedraftError } from '../contract/error.ts';

/** Longest chat template that is rendered, in UTF-8 bytes. */
export const maximumTemplateBytes = 64 * 1024;

export interface ChatTemplateOptions {
  /** Whether the header of the answer is appended; default true. */
  readonly addGenerationPrompt?: boolean;
  /** The model's BOS and EOS tokens as text, which some templates use; default ''. */
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

/** Parses `source`, reusing the last result: a model's template is the same for every message. */
function parsed(source: string): Template {
  if (latest?.source !== source) latest = { source, template: new Template(source) };
  return latest.template;
}

/**
 * Renders a conversation to the text that the model reads, including what the template adds by itself, such as a
 * default system prompt.
 * @throws ForedraftError `model-unsupported` if there is no template, it is too long or it fails
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
