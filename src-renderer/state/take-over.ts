import type { Api } from '../../src-main/contract/api.ts';
import type { Comparison } from '../../src-main/contract/comparison.ts';
import { ask } from './ask.ts';

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
