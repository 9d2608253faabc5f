import type { ComparisonRun } from '../../contract/comparison.ts';
import type { SpeculationRound } from '../../contract/generation.ts';
import type { Mark, MarkRole, Chart } from './chart.ts';
import { shortened, visibleText } from './chart.ts';
import { chartWidth } from './plot.ts';
import type { ChartWords } from './words.ts';
import { englishWords, filled } from './words.ts';

const rowHeight = 24;
const cellWidth = 58;
const left = 40;
const top = 30;
const textLength = 7;
/** Most draft tokens shown per row. */
const maxCells = 9;
const timeWidth = 90;
/** Width of the milliseconds after the bars. */
const figureWidth = 44;

interface Cell {
  readonly text: string;
  readonly role: MarkRole;
}

/** The rounds of a run, each with the token that follows its accepted draft tokens. */
export function roundsOf({ trace, tokens }: Pick<ComparisonRun, 'trace' | 'tokens'>) {
  return trace.flatMap((event) => {
    if (event.type !== 'round') return [];
    return [{ round: event, next: tokens[event.position + event.accepted] }];
  });
}

/** The draft of each round, how much of it was accepted, the next token, and the time of both phases. */
export function speculationRounds(
  run: Pick<ComparisonRun, 'trace' | 'tokens'>,
  words: ChartWords = englishWords,
): Chart {
  const rounds = roundsOf(run);
  const slowest = Math.max(1, ...rounds.map(({ round }) => round.draftMs + round.verifyMs));
  const marks = rounds.flatMap(({ round, next }, index): Mark[] => {
    const y = top + index * rowHeight;
    const cells = round.proposed.slice(0, maxCells).map((text, place): Cell => {
      return { text, role: place < round.accepted ? 'accepted' : 'rejected' };
    });
    if (next) cells.push({ text: next.text, role: next.origin === 'bonus' ? 'bonus' : 'recovered' });
    const label = labelOf(round, next?.text, index, words);
    return [
      { kind: 'text', role: 'axis', x: left - 10, y: y + 15, text: String(index + 1), anchor: 'end' },
      ...cells.flatMap(({ text, role }, place): Mark[] => {
        const x = left + place * cellWidth;
        const box = { x, y: y + 2, width: cellWidth - 4, height: rowHeight - 4 };
        const shown = shortened(visibleText(text), textLength);
        return [
          { kind: 'rect', role, key: place === 0 ? String(index) : `${index}-${place}`, label, ...box },
          { kind: 'text', role: 'label', x: x + 5, y: y + 15, text: shown },
        ];
      }),
      ...timeBars(round, y, slowest, label),
    ];
  });
  return {
    id: 'speculation',
    title: words.speculationRounds,
    description: words.speculationRoundsText,
    width: chartWidth,
    height: top + rounds.length * rowHeight + 8,
    marks: [...legend(words), ...marks],
    table: {
      header: [
        words.round,
        words.source,
        words.proposed,
        words.accepted,
        words.nextToken,
        words.draftMs,
        words.verifyMs,
      ],
      rows: rounds.map(({ round, next }, index) => [
        String(index + 1),
        round.source,
        round.proposed.map(visibleText).join(' '),
        String(round.accepted),
        next ? visibleText(next.text) : '',
        round.draftMs.toFixed(2),
        round.verifyMs.toFixed(2),
      ]),
    },
  };
}

/** A round in one line; the last one of a stopped run has no next token. */
function labelOf(
  round: SpeculationRound,
  next: string | undefined,
  index: number,
  words: ChartWords,
): string {
  const values = {
    round: String(index + 1),
    accepted: String(round.accepted),
    proposed: String(round.proposed.length),
  };
  if (next === undefined) return filled(words.lastRoundLabel, values);
  return filled(words.roundLabel, { ...values, token: visibleText(next) });
}

function timeBars(
  { draftMs, verifyMs }: SpeculationRound,
  y: number,
  slowest: number,
  label: string,
): Mark[] {
  const start = chartWidth - timeWidth - figureWidth;
  const scale = timeWidth / slowest;
  const bar = { y: y + 7, height: rowHeight - 14, label };
  return [
    { kind: 'rect', role: 'draft', x: start, width: draftMs * scale, ...bar },
    { kind: 'rect', role: 'verify', x: start + draftMs * scale, width: verifyMs * scale, ...bar },
    {
      kind: 'text',
      role: 'quiet',
      x: chartWidth - 4,
      y: y + 15,
      text: (draftMs + verifyMs).toFixed(1),
      anchor: 'end',
    },
  ];
}

/** The legend of boxes and bars. */
function legend(words: ChartWords): Mark[] {
  const entries = [
    { role: 'accepted', text: words.accepted, x: left },
    { role: 'rejected', text: words.rejected, x: left + 110 },
    { role: 'recovered', text: words.recovered, x: left + 220 },
    { role: 'bonus', text: words.bonus, x: left + 330 },
    { role: 'draft', text: words.draftMs, x: chartWidth - 190 },
    { role: 'verify', text: words.verifyMs, x: chartWidth - 100 },
  ] as const;
  return entries.flatMap(({ role, text, x }): Mark[] => [
    { kind: 'rect', role, x, y: 6, width: 12, height: 10 },
    { kind: 'text', role: 'quiet', x: x + 17, y: 15, text: shortened(text, 14) },
  ]);
}
