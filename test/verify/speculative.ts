/** Compares speculative with plain decoding on the default model: see `usage` in verify-options.ts. */
import process from 'node:process';
import { reportOf } from '../../src-main/contract/error.ts';
import type { Comparison } from './comparisons.ts';
import { comparisons } from './comparisons.ts';
import { openVerifyEngine } from './verify-engine.ts';
import type { VerifyOptions } from './verify-options.ts';
import { parseVerifyOptions, usage } from './verify-options.ts';

function sum(list: readonly Comparison[], of: (one: Comparison) => number): number {
  return list.reduce((total, one) => total + of(one), 0);
}

function row(list: readonly Comparison[]) {
  const proposed = sum(list, (one) => one.proposed);
  const share = (100 * sum(list, (one) => one.accepted)) / proposed;
  return {
    texts: list.length,
    equal: sum(list, (one) => Number(one.equal)),
    tokens: sum(list, (one) => one.tokens),
    proposed,
    accepted: proposed > 0 ? `${share.toFixed(0)} %` : '-',
  };
}

function print(all: readonly Comparison[], { policies, proposers, draftLengths }: VerifyOptions): void {
  const table: Record<string, ReturnType<typeof row>> = {};
  for (const policy of policies) {
    for (const proposer of proposers) {
      for (const draftLength of draftLengths) {
        const list = all.filter(
          (one) => one.policy === policy && one.proposer === proposer && one.draftLength === draftLength,
        );
        if (list.length > 0) table[`${policy}, ${proposer}, draftLength ${draftLength}`] = row(list);
      }
    }
  }
  for (const kind of new Set(all.map((one) => one.kind))) {
    table[`prompts of the kind ${kind}`] = row(all.filter((one) => one.kind === kind));
  }
  console.table(table);
}

/** Whether it came out as it must. */
async function verify(options: VerifyOptions): Promise<boolean> {
  const engine = await openVerifyEngine(options);
  const all: Comparison[] = [];
  const start = performance.now();
  let place = -1;
  for await (const one of comparisons(engine, options)) {
    all.push(one);
    if (!one.equal) {
      const { kind, policy, proposer, draftLength } = one;
      console.log(
        `different: prompt ${one.place} (${kind}), ${policy}, ${proposer}, draftLength ${draftLength}`,
      );
    }
    if (one.place === place) continue;
    place = one.place;
    process.stderr.write(
      `prompt ${place} (${one.kind}), ${((performance.now() - start) / 1000).toFixed(0)} s\n`,
    );
  }
  engine.close();
  print(all, options);
  const equal = all.filter((one) => one.equal).length;
  console.log(`${equal} of ${all.length} texts are equal to plain decoding, token for token.`);
  return options.control ? equal < all.length : equal === all.length;
}

try {
  const options = parseVerifyOptions(process.argv.slice(2));
  if (options.help) process.stdout.write(usage);
  else if (!(await verify(options))) process.exitCode = 1;
} catch (error) {
  process.stderr.write(`${reportOf(error, 'runtime-failed').message}\n`);
  process.exitCode = 1;
}
