import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ChatMessage } from '../../src-main/contract/chat.ts';
import { ForedraftError } from '../../src-main/contract/error.ts';
import { maximumTemplateBytes, renderChat } from '../../src-main/runtime/chat-template.ts';
import type { PromptPart } from '../../src-main/runtime/prompt-part.ts';
import { readManifest } from '../../src-main/runtime/read-manifest.ts';
import { defaultModelDirectory } from './default-model.ts';

interface Fixture {
  readonly templates: readonly string[];
  readonly beginToken: string;
  readonly endToken: string;
  readonly cases: readonly Case[];
}

interface Case {
  /** Index into `templates`; 0 is the default model's. */
  readonly template: number;
  readonly messages: readonly ChatMessage[];
  readonly addGenerationPrompt: boolean;
  /** null where transformers' template refuses the messages. */
  readonly text: string | null;
}

const file = path.join(import.meta.dirname, '../reference/chat-templates.json');
const { templates, beginToken, endToken, cases } = JSON.parse(fs.readFileSync(file, 'utf8')) as Fixture;
const namedTokens = { bos_token: beginToken, eos_token: endToken };

function textOf(parts: readonly PromptPart[]): string {
  return parts.map((part) => ('text' in part ? part.text : part.control)).join('');
}

/** Our text of a case; null where the template refuses the messages. */
function rendered({ template, messages, addGenerationPrompt }: Case): string | null {
  try {
    return textOf(renderChat(templates[template] ?? '', messages, { addGenerationPrompt, namedTokens }));
  } catch (error) {
    if (error instanceof ForedraftError && error.code === 'model-unsupported') return null;
    throw error;
  }
}

describe('chat templates', () => {
  test("the default model's template is the one compared here", () => {
    expect(readManifest(defaultModelDirectory).chatTemplate).toBe(templates[0]);
  });

  test("every case is rendered as by transformers' apply_chat_template", () => {
    expect(cases.length).toBeGreaterThanOrEqual(100);
    for (const one of cases) expect(rendered(one), JSON.stringify(one.messages)).toBe(one.text);
  });

  test('a message too many is noticed (negative control)', () => {
    const [one] = cases;
    if (!one) throw new RangeError('the fixture is empty');
    expect(rendered({ ...one, messages: [...one.messages, { role: 'user', content: '' }] })).not.toBe(
      one.text,
    );
  });

  test('a missing, a too long and a broken template are rejected with a sentence', () => {
    const messages: ChatMessage[] = [{ role: 'user', content: 'Hello' }];
    expect(() => renderChat(' \n', messages)).toThrow('no chat template');
    expect(() => renderChat('x'.repeat(maximumTemplateBytes + 1), messages)).toThrow('65537 bytes');
    expect(() => renderChat('{% for %}', messages)).toThrow(ForedraftError);
    expect(() => renderChat("{{ raise_exception('no tools') }}", messages)).toThrow('"no tools"');
  });

  test('a template can access only its own variables', () => {
    const template = '{{ process }}{{ constructor }}{{ messages[0].constructor }}{{ messages[0].secret }}.';
    const message = { role: 'user', content: 'Hello', secret: 'kept' } as const;
    expect(textOf(renderChat(template, [message]))).not.toContain('kept');
    expect(textOf(renderChat('{{ process }}{{ globalThis }}.', [message]))).toBe('.');
  });
});
