import { redo, undo } from '@codemirror/commands';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Rewrite } from '../../../src-main/contract/document.ts';
import type { GenerationEvent } from '../../../src-main/contract/generation.ts';
import type { RecordedRun } from '../../../src-main/contract/run.ts';
import { defaultSettings } from '../../../src-main/contract/settings.ts';
import { moveToChange } from '../../../src-renderer/state/documents/editor/rewrite-commands.ts';
import { builtInActions, instructed } from '../../../src-renderer/state/documents/actions.ts';
import { LiveRuns } from '../../../src-renderer/state/runs/live-runs.svelte.ts';
import { OpenDocument } from '../../../src-renderer/state/documents/open-document.svelte.ts';
import { DocumentRewrite } from '../../../src-renderer/state/documents/document-rewrite.svelte.ts';
import { FakeApi } from '../fake-api.ts';

const documentId = '5f0c2c52-9d0a-4f1c-8f2e-0a4b7c6d1e2f';
const ids = ['5f0c2c52-9d0a-4f1c-8f2e-0a4b7c6d1e30', '5f0c2c52-9d0a-4f1c-8f2e-0a4b7c6d1e31'] as const;
const text = 'Dear Sir,\n\nWe recieved you parcel, and the cup were wet.\n\nYours';
const corrected = 'We received your parcel, and the cups were wet.';
const grammar = { action: instructed({ instruction: 'Fix it' }), name: 'Fix' };

let api: FakeApi;
let runs: LiveRuns;
let document: OpenDocument;
let startedCount: number;

beforeEach(() => {
  startedCount = 0;
  api = new FakeApi({
    'document-write': () => null,
    'rewrite-start': () => rewriteOf(ids[startedCount++] ?? ''),
    'rewrite-stop': () => null,
    'rewrite-decide': () => null,
  });
  runs = new LiveRuns(api, () => 0);
  runs.listen();
  const summary = { id: documentId, title: '', beginning: '', createdAt: 0, updatedAt: 0 };
  document = new OpenDocument(api, { ...summary, text });
  document.editor.dispatch({ selection: { anchor: 15 } });
});

const runId = (rewriteId: string) => `${rewriteId} run`;

/** The run of a rewrite, which offers `texts` as the results of a search. */
function runOf(rewriteId: string, texts: readonly string[], over: Partial<RecordedRun> = {}): RecordedRun {
  const result = { score: 0, logProbabilitySum: 0, tokens: [] };
  const hypotheses = texts.map((answer) => ({ ...result, text: answer }));
  return {
    id: runId(rewriteId),
    owner: { kind: 'rewrite', rewriteId, position: 0 },
    ...{ modelId: 'fake', provider: 'cpu', strategy: defaultSettings.strategy, startedAt: 0 },
    ...{
      adapter: null,
      kernels: null,
      status: 'done',
      endReason: 'end-token',
      statistics: null,
      error: null,
    },
    ...{ text: texts[0] ?? '', tokens: [], trace: [{ type: 'hypotheses', hypotheses }] },
    ...over,
  };
}

/** A rewrite that has not started. */
function rewriteOf(id: string): Rewrite {
  const head = {
    documentId,
    instruction: 'Fix it:',
    mode: 'replace',
    selection: '',
    modelId: 'fake',
  } as const;
  const waiting = { status: 'waiting', startedAt: null, endReason: null, trace: [] } as const;
  const rest = { provider: 'cpu', createdAt: 0, outcome: 'open' } as const;
  return { id, ...head, ...rest, runs: [runOf(id, [], waiting)] };
}

/** Notifies `rewrite` of a change of the run of the rewrite `id`. */
function change(
  rewrite: DocumentRewrite,
  id: string,
  texts: readonly string[],
  over: Partial<RecordedRun> = {},
) {
  const run = runOf(id, texts, over);
  api.push('run-changed', { run });
  if (run.owner.kind === 'rewrite') rewrite.changeRun(run, run.owner);
}

const begin = (rewrite: DocumentRewrite, id: string) =>
  change(rewrite, id, [], { status: 'streaming', endReason: null, trace: [] });

/** Has the run of the rewrite `id` generate `answer` as its token at `position`. */
function generate(rewrite: DocumentRewrite, id: string, answer: string, position = 0) {
  const token = { type: 'token', position, id: 0, text: answer } as unknown as GenerationEvent;
  api.push('run-events', { runId: runId(id), events: [token] });
  const live = runs.of(runId(id));
  if (live !== undefined) rewrite.grow(live);
}

async function started(asked = grammar) {
  const rewrite = new DocumentRewrite(api, document, asked, defaultSettings, runs);
  await rewrite.start();
  return rewrite;
}

async function decidable(answer = corrected) {
  const rewrite = await started();
  change(rewrite, ids[0], [answer]);
  return rewrite;
}

const outcomes = () =>
  api.asked.flatMap(({ name, argument }) =>
    name === 'rewrite-decide' ? [(argument as { outcome: string }).outcome] : [],
  );

describe('a rewrite', () => {
  test('requests the paragraph with its context, and shows the incoming text', async () => {
    const rewrite = await started();
    expect(api.asked.at(-1)).toMatchObject({
      name: 'rewrite-start',
      argument: {
        ...{ documentId, instruction: 'Fix it:', mode: 'replace', alternatives: 1 },
        selection: 'We recieved you parcel, and the cup were wet.',
        ...{ before: 'Dear Sir,\n\n', after: '\n\nYours' },
      },
    });
    begin(rewrite, ids[0]);
    generate(rewrite, ids[0], 'We received');
    const { shown } = document.editor;
    expect(shown?.changes).toEqual([{ from: 14, to: 22, insert: 'received' }]);
    expect(shown?.growing).toBe(true);
    expect(document.editor.text).toBe(text);
  });

  test('accepts events that arrive before main has replied', async () => {
    const rewrite = new DocumentRewrite(api, document, grammar, defaultSettings, runs);
    const starting = rewrite.start();
    begin(rewrite, ids[0]);
    generate(rewrite, ids[0], 'We received');
    await starting;
    generate(rewrite, ids[0], ' your parcel', 1);
    expect(rewrite.texts.chosen?.text).toBe('We received your parcel');
  });

  test('is decided change by change; a version is saved before the first', async () => {
    const rewrite = await decidable();
    expect(document.editor.shown?.changes).toHaveLength(2);
    const asked = api.asked.length;
    rewrite.decide('accept');
    expect(api.asked[asked]).toMatchObject({ name: 'rewrite-decide', argument: { outcome: 'partly' } });
    expect(document.editor.text).toBe(text.replace('recieved you ', 'received your '));
    rewrite.decide('reject');
    expect(document.editor.text).toContain('cup were');
    expect(rewrite.state).toBe('ended');
    expect(outcomes()).toEqual(['partly']);
  });

  test('is undone and redone like typing, with the decisions', async () => {
    const rewrite = await decidable();
    rewrite.decide('accept-all');
    expect(document.editor.text).toContain(corrected);
    expect([rewrite.state, outcomes().at(-1)]).toEqual(['ended', 'accepted']);
    document.editor.run(undo);
    expect(document.editor.text).toBe(text);
    expect([rewrite.state, outcomes().at(-1)]).toEqual(['deciding', 'open']);
    expect(document.editor.shown?.changes).toHaveLength(2);
    document.editor.run(redo);
    expect(document.editor.text).toContain(corrected);
    expect(outcomes().at(-1)).toBe('accepted');
  });

  test('is stepped through, and rejects typing within the passage', async () => {
    await decidable();
    document.editor.run(moveToChange(-1));
    expect(document.editor.shown?.current).toBe(1);
    document.editor.dispatch({ changes: { from: 20, to: 24, insert: 'XX' } });
    expect(document.editor.text).toBe(text);
    document.editor.dispatch({ changes: { from: 0, insert: 'My ' } });
    expect(document.editor.text).toBe(`My ${text}`);
    expect(document.editor.shown?.changes[0]?.from).toBe(17);
  });

  test('has nothing to decide if the answer is empty or the same', async () => {
    for (const answer of ['', ' \n ', 'We recieved you parcel, and the cup were wet.']) {
      startedCount = 0;
      const rewrite = await decidable(answer);
      expect([rewrite.state, document.editor.text]).toEqual(['ended', text]);
      rewrite.close();
    }
  });

  test('that may do harm is shown on request only, and is undecided until then', async () => {
    const action = builtInActions.find(({ id }) => id === 'grammar')!;
    const rewrite = await started({ action, name: '' });
    change(rewrite, ids[0], ['I am sorry, but I can’t help with that.']);
    expect(rewrite.state).toBe('withheld');
    expect(rewrite.offer.assessment.doubts).toContain('refusal');
    expect([document.editor.shown?.changes, outcomes()]).toEqual([[], []]);
    expect(rewrite.decide('accept-all')).toBe(false);
    expect(document.editor.text).toBe(text);
    rewrite.reveal();
    expect([rewrite.state, document.editor.shown?.changes.length]).not.toEqual(['withheld', 0]);
    rewrite.decide('accept-all');
    expect(document.editor.text).toContain('I can’t help with that.');
    expect(outcomes().at(-1)).toBe('accepted');
  });

  test('that was withheld is rejected when it is closed', async () => {
    const action = builtInActions.find(({ id }) => id === 'shorten')!;
    const rewrite = await started({ action, name: '' });
    change(rewrite, ids[0], ['Cats sleep all day, and dogs walk.'], { endReason: 'length' });
    expect([rewrite.state, rewrite.offer.assessment.doubts]).toEqual(['withheld', ['cut', 'unrelated']]);
    rewrite.close();
    expect([document.editor.text, outcomes().at(-1)]).toEqual([text, 'rejected']);
  });

  test('that the user stopped is decided as it is', async () => {
    const action = builtInActions.find(({ id }) => id === 'grammar')!;
    const rewrite = await started({ action, name: '' });
    change(rewrite, ids[0], ['We received'], { status: 'stopped', endReason: 'stopped' });
    expect([rewrite.state, rewrite.offer.assessment.quality]).toEqual(['deciding', 'fine']);
  });

  test('has no remarks, and says which were removed', async () => {
    const rewrite = await decidable(`Here is the corrected text:\n\n“${corrected}”\n\nI hope this helps!`);
    expect(rewrite.offer.removed).toEqual(['Here is the corrected text:', '“ … ”', 'I hope this helps!']);
    rewrite.decide('accept-all');
    expect(document.editor.text).toBe(text.replace(/We rec.*wet\./u, corrected));
  });

  test('that main rejects leaves the text unchanged, and shows why', async () => {
    api.refusals.set('rewrite-start', { code: 'engine-busy', message: 'The engine is busy.', details: {} });
    const rewrite = await started();
    expect([rewrite.state, rewrite.error?.code]).toEqual(['ended', 'engine-busy']);
    document.editor.dispatch({ changes: { from: 12, insert: '!' } });
    expect(document.editor.text).not.toBe(text);
  });

  test('of too long a selection is rejected before a request is sent', async () => {
    document.editor.replaceAll('word '.repeat(50_000));
    document.editor.dispatch({ selection: { anchor: 0, head: 250_000 } });
    const rewrite = await started();
    expect([rewrite.error?.code, api.countOf('rewrite-start')]).toEqual(['prompt-too-long', 0]);
    expect(rewrite.error?.message).toContain('249,999');
  });

  test('that fails leaves the text so far to be decided', async () => {
    const rewrite = await started();
    const error = { code: 'engine-crashed', message: 'The engine ended.', details: {} } as const;
    change(rewrite, ids[0], ['We received your'], { status: 'failed', error });
    expect([rewrite.state, rewrite.error?.code]).toEqual(['deciding', 'engine-crashed']);
  });

  test('that can’t start because the disk is full ends with that error', async () => {
    const rewrite = await started();
    const error = { code: 'disk-full', message: 'The disk is full: free some space.', details: {} } as const;
    const neverStarted = { startedAt: null, endReason: null, trace: [] } as const;
    change(rewrite, ids[0], [], { status: 'failed', error, ...neverStarted });
    expect([rewrite.state, rewrite.error?.code]).toEqual(['ended', 'disk-full']);
  });

  test('that is stopped before its start ends without an error', async () => {
    const rewrite = await started();
    change(rewrite, ids[0], [], { status: 'stopped', startedAt: null, endReason: null, trace: [] });
    expect([rewrite.state, rewrite.error, rewrite.texts.all]).toEqual(['ended', null, []]);
  });

  test('that is closed before main has replied is stopped', async () => {
    const rewrite = new DocumentRewrite(api, document, grammar, defaultSettings, runs);
    const starting = rewrite.start();
    rewrite.close();
    await starting;
    expect(api.countOf('rewrite-stop')).toBe(1);
    expect([rewrite.state, document.editor.shown]).toEqual(['ended', null]);
  });
});

describe('a guarded correction', () => {
  const correction = { action: builtInActions.find(({ id }) => id === 'grammar')!, name: '' };
  const sure = 'We received your parcel, and the cups were wet.';
  const passage = () => document.editor.text.split('\n\n')[1];

  /** The paragraph rewritten as `answer`, whose words have the given probabilities; all others have 1. */
  async function guarded(answer: string, unlikely: Readonly<Record<string, number>> = {}) {
    const rewrite = await started(correction);
    const tokens = (answer.match(/\s*\S+/gu) ?? []).map((piece, position) => {
      const logProbability = Math.log(unlikely[piece.trim()] ?? 1);
      return { position, id: position, text: piece, logProbability, policyLogProbability: 0 };
    });
    change(rewrite, ids[0], [answer], { tokens });
    return rewrite;
  }
  const doubts = () => document.editor.shown?.changes.map(({ doubt }) => doubt);

  test('accepts the sure changes with one command, and the suggestions with another', async () => {
    const rewrite = await guarded(sure, { cups: 0.3 });
    expect(doubts()).toEqual([undefined, 'unlikely']);
    expect(rewrite.decide('accept-all')).toBe(true);
    expect(passage()).toBe('We received your parcel, and the cup were wet.');
    expect([rewrite.state, outcomes().at(-1), doubts()]).toEqual(['deciding', 'partly', ['unlikely']]);
    expect(rewrite.decide('accept-all')).toBe(false);
    expect(rewrite.decide('accept-suggestions')).toBe(true);
    expect([passage(), rewrite.state, outcomes().at(-1)]).toEqual([sure, 'ended', 'accepted']);
  });

  test('accepts nothing, and stores nothing, if there are only suggestions', async () => {
    const rewrite = await guarded('We recieved you parcel, and the cups were wet.', { cups: 0.3 });
    const count = api.countOf('rewrite-decide');
    expect(rewrite.decide('accept-all')).toBe(false);
    expect([document.editor.text, api.countOf('rewrite-decide'), rewrite.state]).toEqual([
      text,
      count,
      'deciding',
    ]);
    rewrite.decide('accept');
    expect(passage()).toBe('We recieved you parcel, and the cups were wet.');
  });

  test('is undone decision by decision', async () => {
    const rewrite = await guarded(sure, { cups: 0.3 });
    rewrite.decide('accept-all');
    rewrite.decide('accept-suggestions');
    document.editor.run(undo);
    expect([passage(), doubts()]).toEqual(['We received your parcel, and the cup were wet.', ['unlikely']]);
    document.editor.run(undo);
    expect([document.editor.text, doubts()]).toEqual([text, [undefined, 'unlikely']]);
    rewrite.decide('reject-all');
    expect([document.editor.text, rewrite.state]).toEqual([text, 'ended']);
  });

  test('takes changes back, and shows them as suggestions on request', async () => {
    const rewrite = await guarded('We received your parcel, and the film were dry.', {
      film: 0.8,
      'dry.': 0.8,
    });
    expect([doubts(), rewrite.offer.takenBack]).toEqual([[undefined], 2]);
    rewrite.showTakenBack();
    expect([doubts(), rewrite.offer.takenBack]).toEqual([[undefined, 'new-words', 'new-words'], 0]);
    rewrite.decide('accept-all');
    expect(passage()).toBe('We received your parcel, and the cup were wet.');
  });

  test('of which everything is taken back has nothing to decide until the changes are shown', async () => {
    const rewrite = await guarded('We recieved you parcel, and the film were wet.', { film: 0.8 });
    expect([rewrite.state, rewrite.offer.takenBack, document.editor.text]).toEqual(['ended', 1, text]);
    rewrite.showTakenBack();
    expect([rewrite.state, doubts(), outcomes().at(-1)]).toEqual(['deciding', ['new-words'], 'open']);
  });

  test('that only loses a number is not withheld: the number stays', async () => {
    document.editor.replaceAll('We recieved 12 cups and 3 box on Tuesday.');
    document.editor.dispatch({ selection: { anchor: 3 } });
    const rewrite = await guarded('We received cups and 3 boxes on Tuesday.');
    expect([rewrite.state, rewrite.offer.assessment.quality]).toEqual(['deciding', 'fine']);
    rewrite.decide('accept-all');
    expect(document.editor.text).toBe('We received 12 cups and 3 boxes on Tuesday.');
  });

  test('that is not one of the guarded kinds is as ever', async () => {
    const action = builtInActions.find(({ id }) => id === 'english')!;
    const rewrite = await started({ action, name: '' });
    change(rewrite, ids[0], ['We got 13 cups, and they were not wet at all.']);
    expect(doubts()?.every((doubt) => doubt === undefined)).toBe(true);
  });
});

describe('other texts', () => {
  test('are requested, and stepped through without duplicates', async () => {
    const rewrite = await decidable();
    await rewrite.loadAlternatives();
    expect(rewrite.loadingAlternatives).toBe(true);
    begin(rewrite, ids[1]);
    generate(rewrite, ids[1], 'We got');
    expect(document.editor.shown?.growing).toBe(false);
    change(rewrite, ids[1], [`${corrected} `, 'We got your parcel, and the cups were wet.', '']);
    expect([rewrite.loadingAlternatives, rewrite.texts.all.length]).toEqual([false, 2]);
    rewrite.showOther(1);
    expect(document.editor.shown).toMatchObject({ rewriteId: ids[1], changes: [{ insert: 'got your' }, {}] });
    rewrite.showOther(1);
    expect(document.editor.shown?.rewriteId).toBe(ids[0]);
  });

  test('are compared with the accepted changes of the first', async () => {
    const rewrite = await decidable();
    await rewrite.loadAlternatives();
    change(rewrite, ids[1], ['We received your parcel, and everything was wet.']);
    rewrite.decide('accept');
    rewrite.showOther(1);
    rewrite.decide('accept-all');
    expect(document.editor.text).toContain('We received your parcel, and everything was wet.');
  });
});

test('the token lens opens on the chosen text, and inspects it with what the model read', async () => {
  api.handlers['rewrite-inspect'] = () => [];
  const tokens = ['We', ' received'].map((piece, index) => ({
    ...{ position: index + 3, id: 7 + index, text: piece, logProbability: -1, policyLogProbability: -1 },
  }));
  const rewrite = await started();
  change(rewrite, ids[0], [corrected], { tokens });
  rewrite.toggleLens();
  await expect.poll(() => rewrite.lens?.count).toBe(2);
  expect(rewrite.lens?.token(0)).toMatchObject({ position: 0, id: 7, text: 'We' });
  await rewrite.lens?.select(1);
  expect(api.asked.at(-1)).toMatchObject({
    name: 'rewrite-inspect',
    argument: {
      passage: { instruction: 'Fix it:', mode: 'replace', before: 'Dear Sir,\n\n', after: '\n\nYours' },
      ...{ modelId: 'fake', adapter: null, strategy: defaultSettings.strategy, tokens: [7, 8] },
      ...{ first: 0, count: 16, withPolicy: true },
    },
  });
  rewrite.toggleLens();
  expect(rewrite.lens).toBeNull();
});

test('a text continues at the cursor', async () => {
  const action = builtInActions.find(({ id }) => id === 'continue');
  if (!action) throw new Error('there is no action “continue”');
  document.editor.dispatch({ selection: { anchor: text.length } });
  const rewrite = await started({ action, name: 'Continue' });
  expect(api.asked.at(-1)?.argument).toMatchObject({ mode: 'continue', selection: '', before: text });
  change(rewrite, ids[0], [', Mira\n']);
  rewrite.decide('accept');
  expect(document.editor.text).toBe(`${text}, Mira`);
});
