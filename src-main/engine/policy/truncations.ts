import type { Distribution } from '../distribution.ts';
import type { TokenId } from '../model.ts';
import { seededNoise } from '../noise.ts';
import { epsilonCutoff } from './epsilon-cutoff.ts';
import { etaCutoff } from './eta-cutoff.ts';
import { minP } from './min-p.ts';
import { mirostat } from './mirostat.ts';
import type { PolicyRun, PolicySettings } from './settings.ts';
import { topP } from './top-p.ts';
import { typical } from './typical.ts';
import { excludeTopChoices } from './xtc.ts';

/** Leaves tokens out of a distribution and shares their probability among the others. */
export type Truncation = (distribution: Distribution, context: readonly TokenId[]) => Distribution;

/** Sets the noise that XTC rolls with apart from the noise that tokens are chosen with. */
const xtcNoise = 0x58544331;

/** The steps of a policy that leave tokens out by their probabilities, in their order; those that are off are left out. */
export function truncationsOf(settings: PolicySettings, run: PolicyRun): readonly Truncation[] {
  const noise = seededNoise((run.seed ^ xtcNoise) >>> 0);
  const steps: readonly (readonly [boolean, Truncation])[] = [
    [settings.topP < 1, (distribution) => topP(distribution, settings.topP)],
    [settings.minP > 0, (distribution) => minP(distribution, settings.minP)],
    [settings.typical < 1, (distribution) => typical(distribution, settings.typical)],
    [settings.epsilonCutoff > 0, (distribution) => epsilonCutoff(distribution, settings.epsilonCutoff)],
    [settings.etaCutoff > 0, (distribution) => etaCutoff(distribution, settings.etaCutoff)],
    [
      settings.xtcProbability > 0,
      (distribution, context) =>
        noise(context.length - run.promptLength, 0) < settings.xtcProbability
          ? excludeTopChoices(distribution, settings.xtcThreshold, run.endTokens)
          : distribution,
    ],
    [settings.mirostatTarget > 0, mirostat({ target: settings.mirostatTarget, rate: settings.mirostatRate })],
  ];
  return steps.flatMap(([on, step]) => (on ? [step] : []));
}
