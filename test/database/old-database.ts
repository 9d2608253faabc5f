import { deflateRawSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { defaultAnswerSettings } from '../../src-main/contract/answer-settings.ts';
import { defaultSettings } from '../../src-main/contract/settings.ts';
import { parseStrategy } from '../../src-main/contract/strategy.ts';
import { RewriteRows } from '../../src-main/documents/rewrite-rows.ts';
import { migrate, migrations } from '../../src-main/database/migrate.ts';
import type { Stores } from '../../src-main/stores.ts';

/** Terms that version 7 replaced, and those that replace them. */
const terms = { lookahead: 'draftLength', penaltyRange: 'penaltyWindow', corrected: 'recovered' } as const;

const json = JSON.stringify;
const report = { code: 'engine-hung', message: 'It "hung".', details: { silenceMs: 5 } } as const;
const statistics = {
  ...{ promptTokens: 12, reusedTokens: 3, outputTokens: 2, firstTokenMs: 20.5, totalMs: 90.25 },
  ...{ tokensPerSecond: 43.5, forwards: 5, logProbabilitySum: -4.75, logProbabilityMean: -2.375 },
  ...{ perplexity: Infinity, distinct: [1, 1, 1], repetition: NaN },
};
const storedStatistics = json({ ...statistics, perplexity: 'Infinity', repetition: 'NaN' });
const sampling = { kind: 'sampling', temperature: 0.5, penaltyWindow: 64, seed: 5 };
const speculative = { kind: 'speculative', draftLength: 4, policy: { kind: 'sampling', seed: 5 } };
const beam = { kind: 'beam', width: 2, seed: 0 };
const candidates = { kind: 'candidate-set', candidates: 2 };
const round = {
  ...{ type: 'round', position: 0, source: 'prompt-lookup', proposed: [' "type":"beams"', 'b'] },
  ...{ accepted: 1, draftMs: 0.5, verifyMs: NaN },
};
const nodes = [
  { parent: 0, text: '"type":"beams"', logProbabilitySum: -1.5, score: -Infinity, fate: 'live' },
];
const results = {
  type: 'hypotheses',
  hypotheses: [
    { text: 'One', score: -1, logProbabilitySum: -1.5, tokens: [{ id: 7, logProbability: -1.5 }] },
  ],
};
const versionText = 'Once upon a time';

/** JSON of a trace in its old form: one type for every step, and `{"number":"NaN"}` for what JSON can't hold. */
function oldTrace(...events: readonly object[]): string {
  const text = JSON.stringify(events, (_name, value: unknown) =>
    typeof value === 'number' && !Number.isFinite(value) ? { number: String(value) } : value,
  );
  return text
    .replaceAll('"type":"beam-step"', '"type":"beams"')
    .replaceAll('"type":"candidate-round"', '"type":"beams"');
}

/** The last version whose rows are written here; later ones hold the same rows, migrated. */
const lastWrittenVersion = 7;

/** Makes a database of an old version with rows of every kind that this version has. */
export function writeOldDatabase(file: string, version: number): void {
  const database = new Database(file);
  writeRows(database, Math.min(version, lastWrittenVersion));
  migrate(database, migrations.slice(0, version));
  database.close();
}

function writeRows(database: Database.Database, version: number): void {
  migrate(database, migrations.slice(0, version));
  const old = (text: string): string =>
    version >= 7
      ? text
      : Object.entries(terms).reduce(
          (all, [before, now]) => all.replaceAll(`"${now}":`, `"${before}":`),
          text,
        );
  const origin = version >= 7 ? terms.corrected : 'corrected';
  const run = (sql: string, ...values: readonly unknown[]) => database.prepare(sql).run(...values);

  run(
    'INSERT INTO conversations (id, title, system_prompt, created_at, updated_at) VALUES (?, ?, ?, 1000, 2000)',
    'talk',
    'Letters',
    'Be brief.',
  );
  const message = (id: string, parent: string | null, role: string, content: string, status: string) =>
    run(
      `INSERT INTO messages (id, conversation_id, parent_id, role, content, status, created_at)
       VALUES (?, 'talk', ?, ?, ?, ?, 1001)`,
      ...[id, parent, role, content, status],
    );
  const answerRun = (
    id: string,
    messageId: string,
    end: readonly [string | null, string | null, string | null],
  ) =>
    run(
      `INSERT INTO runs (id, message_id, model_id, provider, strategy, end_reason, statistics, error)
       VALUES (?, ?, 'model', 'cpu', ?, ?, ?, ?)`,
      ...[id, messageId, old(json(sampling)), ...end],
    );
  message('question', null, 'user', 'Why "corrected"?', 'done');
  message('done', 'question', 'assistant', 'Because', 'done');
  answerRun('run-done', 'done', ['end-token', storedStatistics, null]);
  message('running', 'question', 'assistant', 'Half', 'streaming');
  answerRun('run-running', 'running', [null, null, null]);
  message('failed', 'question', 'assistant', '', 'failed');
  answerRun('run-failed', 'failed', [null, null, json(report)]);
  const tokens = database.prepare(
    `INSERT INTO run_tokens (run_id, position, token_id, text, log_probability, policy_log_probability)
     VALUES (?, ?, ?, ?, ?, ?)`,
  );
  tokens.run('run-done', 0, 7, 'Be', -0.5, -0.25);
  tokens.run('run-done', 1, 8, 'cause', null, null);
  for (const [name, value] of Object.entries({ maxTokens: 99, strategy: sampling, enterSends: false }))
    run('INSERT INTO settings VALUES (?, ?)', name, old(json(value)));

  if (version >= 2) {
    run(
      `INSERT INTO comparisons (id, name, tags, starred, raw, repeats, seed, max_tokens, model_id, provider, rerun_of,
         created_at, updated_at, notes, system_prompt, prompt)
       VALUES ('compare', 'Tales', '["a"]', 1, 1, 2, 40, 50, 'model', 'cpu', 'before', 1000, 2000, 'N', '', 'Once')`,
    );
    const columns = { speculative, beam, candidates };
    for (const [id, strategy] of Object.entries(columns))
      run(
        'INSERT INTO comparison_columns (id, comparison_id, name, strategy) VALUES (?, ?, ?, ?)',
        id,
        'compare',
        id,
        old(json(strategy)),
      );
    const columnRun = (column: string, repeat: number, status: string, ...rest: readonly unknown[]) =>
      run(
        `INSERT INTO comparison_runs (id, comparison_id, column_id, repeat, status, end_reason, statistics, error,
           started_at, text)
         VALUES (?, 'compare', ?, ?, ?, ?, ?, ?, ?, ?)`,
        ...[`${column}-${repeat}`, column, repeat, status, ...rest],
      );
    columnRun('speculative', 0, 'done', 'length', storedStatistics, null, 1500, 'One');
    columnRun('beam', 0, 'stopped', 'stopped', storedStatistics, null, 1501, 'Two');
    columnRun('candidates', 0, 'failed', null, null, json(report), 1502, '');
    columnRun('beam', 1, 'streaming', null, null, null, 1503, 'Thr');
    columnRun('candidates', 1, 'waiting', null, null, null, null, '');
    columnRun('speculative', 1, 'waiting', null, null, null, null, '');
    run("INSERT INTO comparison_tokens VALUES ('speculative-0', 0, 7, 'One', -0.5, NULL, ?)", origin);
    run("INSERT INTO comparison_tokens VALUES ('beam-0', 0, 8, 'Two', NULL, -0.25, NULL)");
    run("INSERT INTO comparison_tokens VALUES ('beam-0', 1, 9, ' more', -0.75, 0, NULL)");
    const trace = (id: string, first: number, ...events: readonly object[]) =>
      run(
        'INSERT INTO comparison_trace (run_id, first_event, events) VALUES (?, ?, ?)',
        id,
        first,
        oldTrace(...events),
      );
    trace('speculative-0', 0, round);
    trace('beam-0', 0, { type: 'beam-step', nodes });
    trace('beam-0', 1, { type: 'beam-step', nodes }, results);
    trace('candidates-0', 0, { type: 'candidate-round', nodes });
    run(
      "INSERT INTO votes (id, comparison_id, first_run_id, second_run_id, outcome, created_at) VALUES ('vote', 'compare', 'speculative-0', 'beam-0', 'tie', 1600)",
    );
  }
  if (version >= 3) {
    run('UPDATE conversations SET starred = 1');
    run(
      "INSERT INTO conversations (id, title, system_prompt, created_at, updated_at, archived, deleted_at) VALUES ('gone', '', '', 1, 2, 1, ?)",
      Date.now(),
    );
    message('edited', 'question', 'assistant', 'Because of tea', 'done');
    message('continued', 'question', 'assistant', 'Because!', 'stopped');
    answerRun('run-continued', 'continued', ['stopped', storedStatistics, null]);
    run("UPDATE messages SET source_id = 'done' WHERE id IN ('edited', 'continued')");
    run("INSERT INTO run_tokens VALUES ('run-continued', 0, 9, 'Because!', -1, -1, ?)", origin);
    run(
      "INSERT INTO drafts (conversation_id, message_id, parent_id, branches, text) VALUES ('talk', '', 'done', 1, 'And')",
    );
  }
  if (version >= 4) {
    run(
      "INSERT INTO documents (id, title, text, created_at, updated_at) VALUES ('document', 'Tale', 'Once', 1, 2)",
    );
    run(
      `INSERT INTO document_versions (id, document_id, reason, kept_at, length, beginning, text)
       VALUES ('version', 'document', 'pause', 3, ?, 'Once', ?)`,
      ...[versionText.length, deflateRawSync(Buffer.from(versionText))],
    );
    for (const [id, documentId] of [
      ['rewrite', 'document'],
      ['loose', null],
    ])
      run(
        "INSERT INTO rewrites (id, document_id, instruction, mode, selection, model_id, provider, created_at, outcome) VALUES (?, ?, 'Fix', 'replace', 'Onc', 'model', 'cpu', 1700, 'partly')",
        id,
        documentId,
      );
    const text = (id: string, position: number, ...rest: readonly unknown[]) =>
      run(
        'INSERT INTO rewrite_texts (rewrite_id, position, text, strategy, status, end_reason, statistics, error) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
        id,
        position,
        ...rest,
      );
    text('rewrite', 0, 'Once', old(json(speculative)), 'done', 'end-token', storedStatistics, null);
    text('rewrite', 1, 'On', old(json(speculative)), 'failed', null, null, json(report));
    text('loose', 0, 'O', old(json(sampling)), 'streaming', null, null, null);
    run(
      "INSERT INTO own_actions (id, name, instruction, shortcut) VALUES ('action', 'Pirate', 'Say it:', '1')",
    );
  }
  if (version >= 5)
    run("INSERT INTO own_presets (id, name, system_prompt) VALUES ('preset', 'Poet', 'Rhyme.')");
  if (version >= 6) run("INSERT INTO shown_messages VALUES ('talk', 'question', 'done')");
}

/** Everything stored, as the features see it. Runs of rewrites have new ids, which are left out. */
export function contentOf(stores: Stores) {
  const { conversations, comparisons, documents, runs, database } = stores;
  const rewrites = new RewriteRows(database.connection);
  return {
    conversations: conversations
      .list()
      .map(({ id, deletedAt }) => (deletedAt === null ? conversations.open(id) : id)),
    tokens: ['run-done', 'run-running', 'run-failed', 'run-continued'].map((id) => runs.tokens(id)),
    drafts: stores.drafts.list(),
    presets: stores.composer.presets(),
    settings: stores.settings.read(),
    comparisons: comparisons.list().map(({ id }) => comparisons.open(id)),
    votes: comparisons.votes({ tag: null, promptKind: null }),
    documents: documents
      .list()
      .map(({ id }) => ({ id, text: documents.textOf(id), versions: documents.versions(id) })),
    versionTexts: documents.list().map(({ id }) => documents.versionText(id, 'version')),
    actions: stores.actions.list(),
    rewrites: ['rewrite', 'loose'].map((id) => {
      const head = rewrites.get(id);
      return head && { ...head, runs: runs.ofRewrite(id).map(({ id: _id, ...run }) => run) };
    }),
  };
}
export type Content = ReturnType<typeof contentOf>;

/** What `contentOf` finds in a database of that old version once it is migrated. */
export function expectedContent(version: number): Content {
  const none = { endReason: null, statistics: null, error: null };
  const ended = { endReason: 'end-token', statistics, error: null };
  const has = <T>(since: number, value: T): T[] => (version >= since ? [value] : []);
  const token = (position: number, id: number, text: string, logProbability: number, policy: number) => ({
    ...{ position, id, text, logProbability, policyLogProbability: policy },
  });
  const recovered = { origin: 'recovered' };
  const model = { modelId: 'model', provider: 'cpu' };
  const answer = (
    id: string,
    content: string,
    status: string,
    end: object,
    sourceId: string | null = null,
  ) => ({
    ...{
      id,
      conversationId: 'talk',
      parentId: 'question',
      role: 'assistant',
      content,
      status,
      createdAt: 1001,
      sourceId,
    },
    run: {
      id: `run-${id}`,
      ...model,
      strategy: sampling,
      startedAt: 1001,
      kernels: null,
      adapter: null,
      ...end,
    },
  });
  const question = {
    ...{ id: 'question', conversationId: 'talk', parentId: null, role: 'user', content: 'Why "corrected"?' },
    ...{ status: 'done', createdAt: 1001, sourceId: null, run: null },
  };
  const talk = {
    ...{ id: 'talk', title: 'Letters', systemPrompt: 'Be brief.', createdAt: 1000, updatedAt: 2000 },
    ...{ starred: version >= 3, archived: false, deletedAt: null },
    settings: { ...defaultAnswerSettings, maxTokens: 99, strategy: parseStrategy(sampling) },
    messages: [
      question,
      answer('done', 'Because', 'done', ended),
      answer('running', 'Half', 'interrupted', none),
      answer('failed', '', 'failed', { ...none, error: report }),
      ...has(3, {
        ...question,
        id: 'edited',
        parentId: 'question',
        role: 'assistant',
        content: 'Because of tea',
        sourceId: 'done',
      }),
      ...has(3, answer('continued', 'Because!', 'stopped', { ...ended, endReason: 'stopped' }, 'done')),
    ],
    shown: has(6, 'done'),
  };
  const columnRun = (
    columnId: string,
    repeat: number,
    status: string,
    text: string,
    startedAt: number | null,
    end: object,
  ) => ({
    ...{
      id: `${columnId}-${repeat}`,
      columnId,
      repeat,
      status,
      text,
      startedAt,
      kernels: null,
      adapter: null,
      tokens: [] as object[],
      trace: [] as object[],
    },
    ...none,
    ...end,
  });
  const comparison = {
    ...{
      id: 'compare',
      name: 'Tales',
      tags: ['a'],
      starred: true,
      raw: true,
      repeats: 2,
      seed: 40,
      maxTokens: 50,
    },
    ...{
      ...model,
      rerunOf: 'before',
      createdAt: 1000,
      updatedAt: 2000,
      notes: 'N',
      systemPrompt: '',
      prompt: 'Once',
    },
    columns: Object.entries({ speculative, beam, candidates }).map(([id, strategy]) => ({
      id,
      name: id,
      strategy,
    })),
    runs: [
      columnRun('speculative', 0, 'done', 'One', 1500, {
        ...{ endReason: 'length', statistics, trace: [round] },
        tokens: [{ ...token(0, 7, 'One', -0.5, NaN), ...recovered }],
      }),
      columnRun('beam', 0, 'stopped', 'Two', 1501, {
        ...{ endReason: 'stopped', statistics: { ...statistics, approximateTokens: 2 } },
        tokens: [token(0, 8, 'Two', NaN, -0.25), { ...token(1, 9, ' more', -0.75, 0), approximate: true }],
        trace: [{ type: 'beam-step', nodes }, { type: 'beam-step', nodes }, results],
      }),
      columnRun('candidates', 0, 'failed', '', 1502, {
        error: report,
        trace: [{ type: 'candidate-round', nodes }],
      }),
      columnRun('beam', 1, 'interrupted', 'Thr', 1503, {}),
      columnRun('candidates', 1, 'waiting', '', null, {}),
      columnRun('speculative', 1, 'waiting', '', null, {}),
    ],
  };
  const vote = {
    id: 'vote',
    comparisonId: 'compare',
    firstRunId: 'speculative-0',
    secondRunId: 'beam-0',
    outcome: 'tie',
  };
  const rewrite = (id: string, documentId: string | null, runs: readonly object[]) => ({
    ...{ id, documentId, instruction: 'Fix', mode: 'replace', selection: 'Onc', ...model, createdAt: 1700 },
    ...{ outcome: 'partly', runs },
  });
  const text = (
    rewriteId: string,
    position: number,
    strategy: object,
    content: string,
    status: string,
    end: object,
  ) => ({
    ...{
      owner: { kind: 'rewrite', rewriteId, position },
      ...model,
      strategy,
      status,
      text: content,
      startedAt: 1700,
      kernels: null,
      adapter: null,
    },
    ...{ tokens: [], trace: [], ...end },
  });
  const version1 = {
    id: 'version',
    reason: 'pause',
    keptAt: 3,
    length: versionText.length,
    beginning: 'Once',
  };
  const all = {
    conversations: [talk, ...has(3, 'gone')],
    tokens: [
      [token(0, 7, 'Be', -0.5, -0.25), token(1, 8, 'cause', NaN, NaN)],
      ...[[], []],
      has(3, { ...token(0, 9, 'Because!', -1, -1), ...recovered }),
    ],
    drafts: has(3, { conversationId: 'talk', messageId: null, text: 'And', branch: { parentId: 'done' } }),
    presets: has(5, { id: 'preset', name: 'Poet', systemPrompt: 'Rhyme.' }),
    settings: { ...defaultSettings, maxTokens: 99, strategy: parseStrategy(sampling) },
    comparisons: has(2, comparison),
    votes: has(2, { ...vote, createdAt: 1600, firstName: 'speculative', secondName: 'beam' }),
    documents: has(4, { id: 'document', text: 'Once', versions: [version1] }),
    versionTexts: has(4, versionText),
    actions: has(4, { id: 'action', name: 'Pirate', instruction: 'Say it:', shortcut: '1', strategy: null }),
    rewrites:
      version < 4
        ? [undefined, undefined]
        : [
            rewrite('rewrite', 'document', [
              text('rewrite', 0, speculative, 'Once', 'done', ended),
              text('rewrite', 1, speculative, 'On', 'failed', { ...none, error: report }),
            ]),
            rewrite('loose', null, [text('loose', 0, sampling, 'O', 'interrupted', none)]),
          ],
  };
  return all as unknown as Content;
}
