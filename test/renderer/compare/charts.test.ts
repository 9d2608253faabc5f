import { expect, test } from 'vitest';
import { languagePack } from '../../../src-main/messages/languages.ts';
import { beamTree } from '../../../src-main/report/chart/beam-tree.ts';
import { chartWords } from '../../../src-renderer/state/compare/charts.ts';
import { searchStep } from '../../comparisons/comparison-samples.ts';

test('a node of a search tree is named in the language of the window', () => {
  const words = chartWords({ pack: languagePack('zh-CN') });
  const { marks } = beamTree({ trace: [searchStep(1, 0)] }, words);
  expect(marks.flatMap(({ label }) => label ?? [])).toEqual([
    '第 1 步：“·word0”，保留，对数概率之和 -1.235，得分 -1.235',
    '第 1 步：“·word0”，已舍弃：得分低于所有保留的候选（保留的最低得分 -1.235），对数概率之和 -1.568，得分 -1.568',
  ]);
});
