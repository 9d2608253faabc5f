const passage =
  'The harbour of Vellin freezes over in the second week of December, and from then on the ferry to the outer ' +
  'islands stays in its shed. Letters are carried across the ice by a woman called Marta Oll, who has done so ' +
  'for thirty-one winters. She walks with a long pole held crosswise, so that it would catch if the ice gave ' +
  'way, and she never takes the same path twice in one week. In her bag there are bills, seed catalogues, ' +
  'postcards from cousins in the south, and now and then a box of medicine. The islanders leave a lamp in the ' +
  'window on the days when she is expected. Nobody has ever asked her to come in, because everyone knows that ' +
  'she would say no; but there is always a cup of something hot on the doorstep, with a saucer on top of it.';

const code = [
  'function median(values) {',
  '  const sorted = [...values].sort((a, b) => a - b);',
  '  const middle = Math.floor(sorted.length / 2);',
  '  if (sorted.length % 2 === 1) return sorted[middle];',
  '  return (sorted[middle - 1] + sorted[middle]) / 2;',
  '}',
].join('\n');

/** Start of an answer that copies the passage verbatim. */
const copied = passage.split('. ').slice(0, 2).join('. ');

export interface BenchPrompt {
  readonly kind: 'copy' | 'rewrite' | 'summary' | 'free';
  readonly user: string;
  /** Answer prefix. */
  readonly answer?: string;
}

export const benchPrompts: readonly BenchPrompt[] = [
  { kind: 'copy', user: `Repeat this text word for word:\n\n${passage}`, answer: `${copied}.` },
  {
    kind: 'copy',
    user: `Copy the following program exactly.\n\n${code}\n\n${code}`,
    answer: code.slice(0, 60),
  },
  { kind: 'rewrite', user: `Correct the grammar of this text and change nothing else:\n\n${passage}` },
  { kind: 'rewrite', user: `Rewrite this text in the past tense:\n\n${passage}` },
  { kind: 'rewrite', user: `Rewrite this text so that it sounds friendlier:\n\n${passage}` },
  { kind: 'summary', user: `Summarise this text in three sentences:\n\n${passage}` },
  { kind: 'summary', user: `List the main points of this text:\n\n${passage}` },
  { kind: 'free', user: 'Write a short story about a lighthouse keeper who collects clocks.' },
  { kind: 'free', user: 'Explain to a child why the sky is blue.' },
  { kind: 'free', user: 'What should I think about before I adopt a dog?' },
];
