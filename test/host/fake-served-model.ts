import { setTimeout as pause } from 'node:timers/promises';
import process from 'node:process';
import { ForedraftError } from '../../src-main/contract/error.ts';
import type {
  GenerationEvent,
  GenerationRequest,
  PrefillRequest,
  Statistics,
} from '../../src-main/contract/generation.ts';
import type { ModelCard } from '../../src-main/contract/model-card.ts';
import type { CallArguments, ModelFiles, ServedModel } from '../../src-main/host/calls.ts';

const card: ModelCard = {
  id: 'fake',
  name: 'Fake',
  architecture: 'none',
  precision: 'none',
  contextLength: 4096,
  vocabularySize: 26,
  parameters: 135_000_000,
  provider: 'cpu',
  kernels: { kind: 'operators', instructionSet: 'avx512' },
  widthRule: { kind: 'exact' },
  treeDifference: 0,
  adapter: null,
  actions: [],
  actionsFault: null,
};

const statistics: Statistics = {
  promptTokens: 1,
  reusedTokens: 0,
  outputTokens: 0,
  firstTokenMs: 0,
  totalMs: 0,
  tokensPerSecond: 0,
  forwards: 0,
  logProbabilitySum: 0,
  logProbabilityMean: 0,
  perplexity: 1,
  distinct: [1, 1, 1],
  repetition: 0,
};

/** Faults that a model's directory or a raw prompt injects. */
const faults: Readonly<Record<string, () => void>> = {
  exit: () => process.exit(7),
  kill: () => process.kill(process.pid, 'SIGKILL'),
  throw: () => {
    throw new ForedraftError('model-load-failed', 'The fake failed as instructed.', { fake: true });
  },
  break: () => {
    throw new TypeError('not a ForedraftError');
  },
  hang: () => {
    for (;;);
  },
};

/** A request that the fake answers with `count` tokens, then with that fault. */
export function requestFor(count: number, fault = ''): GenerationRequest {
  const prompt = { raw: JSON.stringify({ count, fault }) };
  return { prompt, strategy: { kind: 'greedy' }, maxTokens: 100, stopTexts: [], alternatives: 0 };
}

/** A fake model: counts, a token a millisecond, and fails on demand. */
export class FakeServedModel implements ServedModel {
  readonly card = card;
  readonly providers = [];
  closed = false;
  /** Generations in progress, clean-up included. */
  running = 0;
  /** Prompts of all prefills so far, and how many are in progress. */
  readonly prefillsStarted: string[] = [];
  prefilling = 0;

  countTokens(...[messages]: CallArguments<'countTokens'>) {
    return messages.length;
  }

  async *generate(request: GenerationRequest, signal: AbortSignal): AsyncGenerator<GenerationEvent> {
    const { raw } = request.prompt as { raw: string };
    const { count, fault } = JSON.parse(raw) as { count: number; fault: string };
    if (this.prefilling > 0) throw new Error('generation overlaps with a prefill');
    this.running += 1;
    try {
      for (let position = 0; position < count && !signal.aborted; position++) {
        await pause(1);
        const text = `${position} `;
        yield {
          type: 'token',
          position,
          id: position % 26,
          text,
          logProbability: -1,
          policyLogProbability: 0,
        };
      }
      faults[fault]?.();
      yield { type: 'end', reason: signal.aborted ? 'stopped' : 'length', statistics };
    } finally {
      // Clean-up outlasts the end event.
      await pause(5);
      this.running -= 1;
    }
  }

  /** Runs until aborted; fails for the prompt `throw`. */
  async prefill({ prompt }: PrefillRequest, signal: AbortSignal): Promise<void> {
    const { raw } = prompt as { raw: string };
    this.prefillsStarted.push(raw);
    if (raw === 'throw') faults.throw?.();
    this.prefilling += 1;
    while (!signal.aborted) await pause(1);
    // A chunk is never abandoned half-way.
    await pause(5);
    this.prefilling -= 1;
  }

  measure(...[draftModel]: CallArguments<'measure'>) {
    const draft = draftModel === null ? null : { modelId: draftModel, milliseconds: 2 };
    const forwards = [{ width: 1, milliseconds: 8 }];
    return Promise.resolve({ modelId: card.id, contextTokens: 256, forwards, draft });
  }

  inspect(...[{ tokens, first, count }]: CallArguments<'inspect'>) {
    const rest = {
      text: 'x',
      logProbability: -1,
      rank: 0,
      entropy: 1,
      alternatives: [],
      policyAlternatives: [],
      cut: [],
    };
    const found = tokens
      .slice(first, first + count)
      .map((id, index) => ({ position: first + index, id, ...rest }));
    return Promise.resolve(found);
  }

  tokenize(...[prefix]: CallArguments<'tokenize'>) {
    const ids = 'tokens' in prefix ? prefix.tokens : [...prefix.text].map((_, index) => index);
    return ids.map((id) => ({ id, text: `${id} `, ends: id === 0 }));
  }

  /** What `verify` throws after its first pause, and after `finding`. */
  damage: ForedraftError | undefined;
  finding = Promise.resolve();
  verified = 0;

  async verify(pauseCheck: () => Promise<void>): Promise<void> {
    await pauseCheck();
    await this.finding;
    if (this.damage) throw this.damage;
    this.verified += 1;
  }

  close(): void {
    this.closed = true;
  }
}

/** Loads a fake; the last part of `directory` names a fault of the load, if any, or is `damaged`. */
export async function loadFake({ directory }: ModelFiles): Promise<FakeServedModel> {
  await pause(1);
  const name = directory.split('/').at(-1) ?? '';
  faults[name]?.();
  const model = new FakeServedModel();
  if (name === 'damaged')
    model.damage = new ForedraftError('model-file-invalid', 'The fake is damaged.', { file: 'fake' });
  return model;
}
