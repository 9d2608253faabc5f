import type { NewColumn } from '../../../src-main/contract/comparison.ts';
import { ForedraftError } from '../../../src-main/contract/error.ts';
import type { Strategy } from '../../../src-main/contract/strategy.ts';
import { tokenStrategyOf } from '../../../src-main/contract/strategy.ts';
import { sweepColumns } from '../../../src-main/report/sweep.ts';
import type { MessageKey } from '../../messages/message.ts';

interface SweepSetting {
  readonly setting: string;
  readonly name: Extract<MessageKey, `field-${string}`>;
}

const sampling: readonly SweepSetting[] = [
  { setting: 'temperature', name: 'field-temperature' },
  { setting: 'topK', name: 'field-top-k' },
  { setting: 'topP', name: 'field-top-p' },
  { setting: 'minP', name: 'field-min-p' },
  { setting: 'repetitionPenalty', name: 'field-repetition-penalty' },
];
const greedy: readonly SweepSetting[] = [{ setting: 'noRepeatNgram', name: 'field-no-repeat-ngram' }];

/** The settings of a strategy that are worth a sweep. */
export function sweepSettings(strategy: Strategy): readonly SweepSetting[] {
  const policy = tokenStrategyOf(strategy)?.kind === 'sampling' ? sampling : greedy;
  switch (strategy.kind) {
    case 'greedy':
    case 'sampling':
    case 'auto':
      return policy;
    case 'speculative':
      return [{ setting: 'draftLength', name: 'field-draft-length' }, ...policy];
    case 'contrastive':
      return [
        { setting: 'penalty', name: 'field-penalty' },
        { setting: 'topK', name: 'field-contrastive-top-k' },
      ];
    case 'beam':
      return [
        { setting: 'width', name: 'field-width' },
        { setting: 'lengthPenalty', name: 'field-length-penalty' },
        { setting: 'groups', name: 'field-groups' },
        { setting: 'diversityPenalty', name: 'field-diversity-penalty' },
        { setting: 'noRepeatNgram', name: 'field-no-repeat-ngram' },
      ];
    case 'candidate-set':
      return [
        { setting: 'candidates', name: 'field-candidates' },
        { setting: 'alternatives', name: 'field-alternatives' },
        { setting: 'tokensPerRound', name: 'field-tokens-per-round' },
        { setting: 'lengthPenalty', name: 'field-length-penalty' },
      ];
  }
}

/**
 * A column for each value in `text`: numbers, separated by spaces, semicolons or commas.
 * @param room how many columns there may be more
 * @throws ForedraftError `settings-invalid`, naming the setting and the value, or how many there are too many
 */
export function sweptColumns(
  name: string,
  strategy: Strategy,
  setting: string,
  text: string,
  room: number,
): readonly NewColumn[] {
  const values = text.split(/[\s,;，；、]+/).filter(Boolean);
  if (values.length > room) {
    throw new ForedraftError(
      'settings-invalid',
      `${values.length} values of ${setting} make ${values.length} columns, and there is room for ${room}: give fewer values.`,
      { values: values.length, room },
    );
  }
  return sweepColumns(
    name,
    strategy,
    setting,
    // What is no number is the parser's to refuse, in its own words.
    values.map((value) => (Number.isNaN(Number(value)) ? value : Number(value))),
  );
}
