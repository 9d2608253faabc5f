import { describe, expect, test } from 'vitest';
import { comparisonCsv } from '../../../src-main/report/export/csv.ts';
import { comparisonHtml } from '../../../src-main/report/export/html.ts';
import { comparisonJson, parseComparisonJson } from '../../../src-main/report/export/json.ts';
import { comparisonMarkdown } from '../../../src-main/report/export/markdown.ts';
import { sampleRun, sampleStatistics, tokensOf } from '../sample-run.ts';
import { wholeComparison } from './sample.ts';

const hostile = '</pre><script>alert(1)</script> " \' & `code` ``` | **bold**\n=1+1';
const withText = (text: string) => wholeComparison({ runs: [sampleRun('a', { text })] });

describe('CSV', () => {
  test('has a header and one row per run', () => {
    const lines = comparisonCsv(wholeComparison()).split('\r\n');
    expect(lines).toHaveLength(4);
    expect(lines[0]).toMatch(/^column,strategy,repeat,seed,status,/);
    expect(lines[1]).toMatch(/^Greedy,"{""kind"":""greedy""}",0,5,done,length,4,10,/);
  });

  test('quotes cells where needed and doubles quotes', () => {
    expect(comparisonCsv(withText('a,"b"\nc'))).toContain(',"a,""b""\nc"\r\n');
  });

  test.each(['=1+1', '+1', '-1', '@x', '\tx'])('escapes the text %j against formula injection', (text) => {
    expect(comparisonCsv(withText(text))).toContain(`,'${text}\r\n`);
  });

  test('writes numbers unescaped and NaN as an empty cell', () => {
    const statistics = { ...sampleStatistics, logProbabilitySum: -8, perplexity: NaN };
    const line = comparisonCsv(wholeComparison({ runs: [sampleRun('a', { statistics })] })).split('\r\n')[1];
    expect(line).toContain(',-8,-0.8,,0.9,');
  });
});

describe('a search', () => {
  const result = { text: 'There was', score: -0.625, logProbabilitySum: -1.25, tokens: [] };
  const trace = [{ type: 'hypotheses' as const, hypotheses: [result, { ...result, score: -9 }] }];
  const searched = wholeComparison({ runs: [sampleRun('a', { trace }), sampleRun('b')] });

  test('has its own score, named so, beside the figures of the text', () => {
    const [header, first, second] = comparisonCsv(searched).split('\r\n');
    expect(header).toContain(',approximate_tokens,search_score,search_log_probability_sum,');
    expect(first).toContain(',0,-0.625,-1.25,');
    expect(second).toContain(',0,,,');
    for (const text of [comparisonMarkdown(searched), comparisonHtml(searched)])
      expect(text.split('search score -0.625 (sum -1.25)')).toHaveLength(2);
  });
});

describe('approximate figures', () => {
  const statistics = { ...sampleStatistics, approximateTokens: 1 };
  const [one, two] = tokensOf('There', ' was');
  const tokens = [one!, { ...two!, approximate: true as const }];
  const stopped = wholeComparison({ runs: [sampleRun('a', { statistics, tokens }), sampleRun('b')] });

  test('are marked in every export', () => {
    expect(comparisonMarkdown(stopped)).toContain('| ≈ ');
    expect(comparisonHtml(stopped)).toContain('>≈ ');
    expect(comparisonCsv(stopped).split('\r\n')[1]).toContain(',1,,,');
    const read = parseComparisonJson(comparisonJson(stopped));
    expect(read.runs[0]?.tokens).toEqual(tokens);
    expect(read.runs[0]?.statistics).toEqual(statistics);
  });

  test('are not where there are none (negative control)', () => {
    expect(comparisonMarkdown(wholeComparison())).not.toContain('≈');
    expect(comparisonHtml(wholeComparison())).not.toContain('≈');
  });
});

describe('what computed the texts', () => {
  const sentence = "Computed by Foredraft's kernels: every processor gives the same texts.";
  const empty = wholeComparison({ runs: [] });

  test('is named in Markdown and HTML, unless there are none', () => {
    expect(comparisonMarkdown(wholeComparison())).toContain(`\n- ${sentence}\n`);
    expect(comparisonHtml(wholeComparison())).toContain(`<p>${sentence.replace("'", '&#39;')}</p>`);
    expect(comparisonMarkdown(empty)).not.toContain('Computed by');
    expect(comparisonHtml(empty)).not.toContain('Computed by');
  });

  test('is named for each run in CSV', () => {
    const kernels = { kind: 'standard', reason: 'no-graph' } as const;
    const runs = [sampleRun('a'), sampleRun('b', { kernels }), sampleRun('b', { repeat: 1, kernels: null })];
    const [header, ...rows] = comparisonCsv(wholeComparison({ runs })).trimEnd().split('\r\n');
    expect(header).toMatch(/,adapter,kernels,error,text$/);
    expect(rows.map((row) => /,([^,]*),,There was$/.exec(row)?.[1])).toEqual([
      'Foredraft (AVX-512 VNNI)',
      'ONNX Runtime',
      '',
    ]);
  });
});

describe('the adapter of the model', () => {
  const runs = [sampleRun('a', { adapter: 'editor' }), sampleRun('b', { adapter: 'editor' })];
  const adapted = wholeComparison({ runs });

  test('is named in every format', () => {
    expect(comparisonMarkdown(adapted)).toContain('\n- Model model with editor on cpu,');
    expect(comparisonHtml(adapted)).toContain('<p>model with editor on cpu,');
    expect(comparisonCsv(adapted).split('\r\n')[1]).toContain(',editor,Foredraft (AVX-512 VNNI),,There was');
  });

  test('is not named where there is none (negative control)', () => {
    for (const of of [comparisonMarkdown, comparisonHtml, comparisonCsv])
      expect(of(wholeComparison())).not.toContain('editor');
  });
});

describe('a text that repeats itself', () => {
  const loop = tokensOf(...Array.from({ length: 30 }, () => [' row', ' on']).flat());
  const looping = wholeComparison({ runs: [sampleRun('a', { tokens: loop }), sampleRun('b')] });

  test('is named as such in every format', () => {
    expect(comparisonMarkdown(looping)).toContain('| Greedy (repeats itself) |');
    expect(comparisonMarkdown(looping)).toContain('Seed 5, done, repeats itself\n');
    expect(comparisonHtml(looping)).toContain('Greedy <small>repeats itself</small>');
    expect(comparisonHtml(looping)).toContain('Seed 5, done, repeats itself<');
    const [header = '', ...rows] = comparisonCsv(looping).trimEnd().split('\r\n');
    expect(header).toMatch(/,repetition,repeats_itself,adapter,kernels,error,text$/);
    expect(rows.map((row) => /,(true|false),,Foredraft/.exec(row)?.[1])).toEqual(['true', 'false']);
  });

  test('is not named where there is none', () => {
    for (const of of [comparisonMarkdown, comparisonHtml])
      expect(of(wholeComparison())).not.toContain('repeats itself');
  });
});

test('messages before the prompt are written before it', () => {
  const earlier = [
    { role: 'user', content: hostile } as const,
    { role: 'assistant', content: 'Ho' } as const,
  ];
  const markdown = comparisonMarkdown(wholeComparison({ earlier }));
  expect(markdown).toContain(`## Earlier messages\n\nUser\n\n\`\`\`\`\n${hostile}\n`);
  expect(markdown.indexOf('Model\n\n```\nHo')).toBeLessThan(markdown.indexOf('## Prompt'));
  const html = comparisonHtml(wholeComparison({ earlier }));
  expect(html).toContain('<h2>Earlier messages</h2>');
  expect(html).not.toContain('<script');
  for (const of of [comparisonMarkdown, comparisonHtml])
    expect(of(wholeComparison())).not.toContain('Earlier messages');
});

describe('Markdown', () => {
  test('contains figures, identical texts and all texts', () => {
    const text = comparisonMarkdown(wholeComparison());
    expect(text).toContain('# Tale\n');
    expect(text).toContain('| Greedy | **10.0** |');
    expect(text).toContain('- Greedy = Beam');
    expect(text).toContain('```\nThere was\n```');
  });

  test('wraps a text that contains fences in a longer fence', () => {
    expect(comparisonMarkdown(withText(hostile))).toContain(`\`\`\`\`\n${hostile}\n\`\`\`\``);
  });

  test('escapes markup in names', () => {
    expect(comparisonMarkdown(wholeComparison({ name: '# <b>\n*x*' }))).toMatch(/^# \\# \\<b\\> \\\*x\\\*\n/);
  });
});

describe('HTML', () => {
  test('loads nothing, runs nothing and escapes texts', () => {
    const html = comparisonHtml({ ...withText(hostile), name: hostile });
    expect(html).not.toMatch(/<script|<link|http:|https:/);
    expect(html).toContain('&lt;/pre&gt;&lt;script&gt;alert(1)');
    expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"`);
  });

  test('embeds charts as images, in which no script runs', () => {
    const whole = wholeComparison();
    const columns = whole.columns.map((column) => ({ ...column, name: `<script>alert(1)</script>\ud800` }));
    const html = comparisonHtml({ ...whole, columns });
    expect(
      html.match(/<img alt="[^"]{20,}" src="data:image\/svg\+xml;charset=utf-8,%3Csvg%20/g),
    ).toHaveLength(3);
    expect(html).not.toContain('<script');
  });

  test('contains the data of every chart as a table', () => {
    const tables = [...comparisonHtml(wholeComparison()).matchAll(/<details>.*?<\/details>/gs)].join();
    expect(tables.match(/<table>/g)).toHaveLength(3);
    expect(tables).toContain('<th scope="col">Median</th>');
    expect(tables).toContain('<td>Greedy</td><td>10.00</td>');
  });

  test('marks the best figure', () => {
    const fast = sampleRun('b', { statistics: { ...sampleStatistics, totalMs: 500 } });
    const html = comparisonHtml(wholeComparison({ runs: [sampleRun('a'), fast] }));
    expect(html).toContain('<td>10.0</td>');
    expect(html).toContain('<td class="best">20.0</td>');
  });
});
