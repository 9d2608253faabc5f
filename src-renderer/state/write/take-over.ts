import type { Api } from '../../../src-main/contract/api.ts';
import type { Comparison } from '../../../src-main/contract/comparison.ts';
import { ask } from '../shell/ask.ts';

/** Longest title that main takes. */
const longestTitle = 200;

/**
 * Keeps a new document with the prompt of a comparison and the text that goes on with it. Returns its id.
 * @throws ForedraftError where main refuses
 */
export async function takeOverAsDocument(
  api: Api,
  { name, prompt }: Pick<Comparison, 'name' | 'prompt'>,
  text: string,
): Promise<string> {
  const document = { title: name.slice(0, longestTitle), text: prompt + text };
  return (await ask(api, 'document-create', document)).id;
}

/**
 * Keeps a new conversation in which `text` answers the prompt of a comparison. Returns its id.
 * @throws ForedraftError where main refuses
 */
export async function takeOver(
  api: Api,
  { systemPrompt, prompt }: Pick<Comparison, 'systemPrompt' | 'prompt'>,
  text: string,
): Promise<string> {
  const begun = { systemPrompt, question: prompt, answer: text };
  const { id } = await ask(api, 'conversation-begin', begun);
  return id;
}
