import { expect, onTestFinished, test } from 'vitest';
import { newFile } from '../database/temporary-folder.ts';
import { openRecording } from '../runs/recording-stores.ts';
import type { KernelsName } from '../runtime/default-model.ts';
import { loadDefaultModel } from '../runtime/default-model.ts';
import type { NumberCheck } from './exact-numbers.ts';
import { checkNumbers, linearNumbers, numberStrategies } from './exact-numbers.ts';
import { verifyPrompts } from './prompts.ts';

/** Real forwards on a machine that may be busy; it takes a tenth of that on one that isn't. */
const patience = 300_000;

async function checked(kernels: KernelsName, prompts: readonly number[], keepApproximate = false) {
  const model = await loadDefaultModel(kernels);
  const stores = openRecording(newFile());
  onTestFinished(() => {
    model.close();
    stores.close();
  });
  const checks: NumberCheck[] = [];
  const strategies = keepApproximate ? { 'beam 4': numberStrategies['beam 4']! } : numberStrategies;
  for (const place of prompts) {
    const { user } = verifyPrompts[place]!;
    checks.push(await checkNumbers(model, stores, user, 10, strategies, keepApproximate));
  }
  return { model, checks };
}

const faultsOf = (checks: readonly NumberCheck[]) => checks.flatMap(({ faults }) => faults);

test.each([
  ['the kernels in use', ''],
  ['standard kernels', 'standard'],
])(
  'whichever strategy writes a text, on %s its numbers are those of a linear read, everywhere',
  async (_, kernels) => {
    const { checks } = await checked(kernels, [3, 90]);
    expect(faultsOf(checks)).toEqual([]);
    expect(checks.every(({ tokens }) => tokens > 100)).toBe(true);
    // Greedy decoding has the text of speculation and of a search of width 1.
    for (const { equalTexts } of checks) expect(equalTexts).toBeGreaterThanOrEqual(4);
  },
  patience,
);

test(
  'without the read, those of a search differ on standard kernels where trees do (negative control)',
  async () => {
    const { model, checks } = await checked('standard', [3], true);
    const differs = faultsOf(checks).some((fault) => fault.includes('other numbers in a linear read'));
    expect(differs).toBe(model.card.treeDifference > 0);
  },
  patience,
);

test(
  'numbers of another text are noticed (negative control)',
  async () => {
    const model = await loadDefaultModel();
    onTestFinished(() => model.close());
    const prompt = model.promptTokens({ raw: 'The tide' });
    const [one, other] = [
      model.promptTokens({ raw: ' turns at noon' }),
      model.promptTokens({ raw: ' turns at dusk' }),
    ];
    expect(await linearNumbers(model, prompt, one)).not.toEqual(await linearNumbers(model, prompt, other));
    expect(await linearNumbers(model, prompt, one)).toEqual(await linearNumbers(model, prompt, one));
  },
  patience,
);
