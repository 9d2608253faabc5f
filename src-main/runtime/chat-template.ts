import { Template, parse, tokenize } from '@huggingface/jinja';
import type { ChatMessage } from '../contract/chat.ts';
import { ForedraftError } from '../contract/error.ts';
import type { PromptPart } from './prompt-part.ts';
import { localTime, strftime } from './strftime.ts';
import { TemplateMarks } from './template-marks.ts';

/** Longest chat template that is rendered, in UTF-8 bytes. */
export const maximumTemplateBytes = 64 * 1024;

export interface ChatTemplateOptions {
  /** Texts of the model's control tokens; default none. */
  readonly controlTokens?: readonly string[];
  /** Whether the header of the answer is appended; default true. */
  readonly addGenerationPrompt?: boolean;
  /** The model's special tokens as text, by the names that templates use for them; default none. */
  readonly namedTokens?: Readonly<Record<string, string>>;
  /** The date for templates that write one, as `localTime` gives it; default: now. */
  readonly date?: Date;
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

/** What templates call in place of `strftime_now`, which the library binds to the clock. */
const dateFunction = 'strftime_asked';

/** Parses `source` with its own control tokens marked. */
function parsed(source: string, marks: TemplateMarks): Template {
  const tokens = tokenize(source, whitespace);
  for (const token of tokens) {
    if (token.type === 'Identifier' && token.value === 'strftime_now') token.value = dateFunction;
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
  const { controlTokens = [], namedTokens = {}, date = localTime(new Date()) } = options;
  const contents = messages.map(({ content }) => content);
  const marks = new TemplateMarks(controlTokens, [template, ...contents]);
  try {
    const rendered = parsed(template, marks).render({
      messages: messages.map(({ role, content }) => ({ role, content })),
      add_generation_prompt: options.addGenerationPrompt ?? true,
      tools: null,
      documents: null,
      bos_token: '',
      eos_token: '',
      ...Object.fromEntries(Object.entries(namedTokens).map(([name, text]) => [name, marks.mark(text)])),
      [dateFunction]: (format: string) => strftime(date, format),
    });
    return marks.parts(rendered);
  } catch (error) {
    throw failure(error);
  }
}
