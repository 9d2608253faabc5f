/** Rewrites passages with every built-in action on the default model, and checks what a document would be offered. */
import { appendFileSync } from 'node:fs';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { reportOf } from '../../src-main/contract/error.ts';
import { builtInActions, instructed } from '../../src-renderer/state/documents/actions.ts';
import { loadDefaultModel } from '../runtime/default-model.ts';
import { faultsOf, rewritten, type Rewritten } from './rewrite-checks.ts';
import { rewritePassages } from './rewrite-passages.ts';

const usage = `Rewrites passages with every built-in action on the default model.

node scripts/run.mjs model test/verify/rewrites.ts [options]

  --passages I/N   the Ith of N parts of the ${rewritePassages.length} passages; default 1/1
  --actions A,B    of ${builtInActions.map(({ id }) => id).join(', ')}, past; default all
  --out FILE       add every result to FILE, one JSON object a line

No text may be longer than its bound, hold a remark or a loop, or be applied by itself if it is harmful. Ends with
status 1 if one is.
`;

const past = { id: 'past', ...instructed({ instruction: 'Put this into the past tense' }) };
const actions = [...builtInActions, past];

async function verify(): Promise<boolean> {
  const { values } = parseArgs({
    options: {
      passages: { type: 'string', default: '1/1' },
      actions: { type: 'string', default: actions.map(({ id }) => id).join(',') },
      out: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return true;
  }
  const [part = 1, of = 1] = values.passages.split('/').map(Number);
  const chosen = actions.filter(({ id }) => values.actions.split(',').includes(id));
  const passages = rewritePassages.filter((_, index) => index % of === part - 1);
  const model = await loadDefaultModel();
  const all: Rewritten[] = [];
  let faults = 0;
  for (const passage of passages) {
    for (const action of chosen) {
      const one = await rewritten(model, action, passage);
      all.push(one);
      for (const fault of faultsOf(one)) {
        faults += 1;
        console.log(
          `${action.id}: ${fault}\n  of ${JSON.stringify(passage)}\n  to ${JSON.stringify(one.text)}`,
        );
      }
      if (values.out !== undefined)
        appendFileSync(values.out, `${JSON.stringify({ ...one, events: undefined })}\n`);
    }
    process.stderr.write(`${all.length} of ${passages.length * chosen.length}\n`);
  }
  model.close();
  print(all);
  console.log(`${all.length} rewrites, ${faults} faults`);
  return faults === 0;
}

function print(all: readonly Rewritten[]): void {
  const row = (list: readonly Rewritten[]) => ({
    texts: list.length,
    fine: list.filter(({ outcome }) => outcome === 'fine').length,
    suspicious: list.filter(({ outcome }) => outcome === 'suspicious').length,
    harmful: list.filter(({ outcome }) => outcome === 'harmful').length,
    unchanged: list.filter(({ outcome }) => outcome === 'unchanged').length,
    empty: list.filter(({ outcome }) => outcome === 'empty').length,
    'at the bound': list.filter(({ endReason }) => endReason === 'length').length,
    loops: list.filter(({ endReason }) => endReason === 'loop').length,
    'with remarks': list.filter(({ removed }) => removed.length > 0).length,
  });
  const table: Record<string, ReturnType<typeof row>> = {};
  for (const id of new Set(all.map(({ action }) => action)))
    table[id] = row(all.filter(({ action }) => action === id));
  table['all'] = row(all);
  console.table(table);
  const doubts = all.flatMap((one) => one.doubts);
  console.table(
    Object.fromEntries(
      [...new Set(doubts)].map((doubt) => [doubt, doubts.filter((one) => one === doubt).length]),
    ),
  );
}

try {
  if (!(await verify())) process.exitCode = 1;
} catch (error) {
  process.stderr.write(`${reportOf(error, 'runtime-failed').message}\n`);
  process.exitCode = 1;
}
