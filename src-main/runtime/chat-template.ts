import { Template, parse, tokenize } from '@huggingface/jinja';
import type { ChatMessage } from '../contract/chat.ts';
import { ForedraftError } from '../contract/error.ts';
import type { PromptPart } from './prompt-part.ts';
import { TemplateMarks } from './template-marks.ts';

/** Longest chat template that is rendered, in UTF-8 bytes. */
export const maximumTemplateBytes = 64 * 1024;

export interface ChatTemplateOptions {
  /** Texts of the model's control tokens; default none. */
  readonly controlTokens?: readonly string[];
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

/** As transformers configures Jinja. */
const whitespace = { lstrip_blocks: true, trim_blocks: true };

/** Parses `source` with its own control tokens marked. */
function parsed(source: string, marks: TemplateMarks): Template {
  const tokens = tokenize(source, whitespace);
  for (const token of tokens) {
    if (token.type === 'Text' || token.type === 'StringLiteral') token.value = marks.mark(token.value);
  }
  const template = new Template('');
  template.parsed = parse(tokens);
  return template;
}

/**
 * Renders a conversation to the prompt that the model reads, including what the template adds by itself, such as a
 * default system prompt. Only the template's own control tokens are control tokens; in messages they are text.
 * @throws ForedraftError `model-unsupported` if there is no template, it is too long or it fails
 */
export function renderChat(
  template: string,
  messages: readonly ChatMessage[],
  options: ChatTemplateOptions = {},
): PromptPart[] {
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
  const { controlTokens = [], beginToken = '', endToken = '' } = options;
  const contents = messages.map(({ content }) => content);
  const marks = new TemplateMarks(controlTokens, [template, ...contents]);
  try {
    const rendered = parsed(template, marks).render({
      messages: messages.map(({ role, content }) => ({ role, content })),
      add_generation_prompt: options.addGenerationPrompt ?? true,
      bos_token: marks.mark(beginToken),
      eos_token: marks.mark(endToken),
    });
    return marks.parts(rendered);
  } catch (error) {
    throw failure(error);
  }
}
