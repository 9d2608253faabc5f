import type { LeaderboardRow, Vote } from '../contract/comparison.ts';

/** A vote with the names of the two compared columns. */
export interface NamedVote extends Pick<Vote, 'outcome'> {
  readonly firstName: string;
  readonly secondName: string;
}

/** Two-sided 95% quantile of the standard normal distribution. */
const z = 1.959963984540054;

/**
 * Wilson score interval (Wilson 1927) of a proportion at 95% confidence; reliable for small counts too.
 * @param successes 0 to `count`; a tie may count half
 * @returns both ends, within 0 and 1; [0, 1] without trials
 */
export function wilsonInterval(successes: number, count: number): readonly [low: number, high: number] {
  if (count === 0) return [0, 1];
  const share = successes / count;
  const square = z ** 2 / count;
  const middle = share + square / 2;
  const spread = z * Math.sqrt((share * (1 - share)) / count + square / (4 * count));
  return [Math.max(0, (middle - spread) / (1 + square)), Math.min(1, (middle + spread) / (1 + square))];
}

/**
 * Win rates over all votes, best first; ties go to the column with more votes. A tied vote counts half for both
 * columns; skipped votes and votes on two columns of the same name don't count.
 */
export function leaderboardOf(votes: readonly NamedVote[]): readonly LeaderboardRow[] {
  const tallies = new Map<string, { wins: number; ties: number; losses: number }>();
  const tallyOf = (name: string) => {
    const tally = tallies.get(name) ?? { wins: 0, ties: 0, losses: 0 };
    tallies.set(name, tally);
    return tally;
  };
  for (const { firstName, secondName, outcome } of votes) {
    if (outcome === 'skip' || firstName === secondName) continue;
    const [first, second] = [tallyOf(firstName), tallyOf(secondName)];
    if (outcome === 'tie') {
      first.ties++;
      second.ties++;
      continue;
    }
    (outcome === 'first' ? first : second).wins++;
    (outcome === 'first' ? second : first).losses++;
  }
  const rows = [...tallies].map(([name, { wins, ties, losses }]) => {
    const count = wins + ties + losses;
    const successes = wins + ties / 2;
    const [low, high] = wilsonInterval(successes, count);
    return { name, wins, ties, losses, share: successes / count, low, high };
  });
  const votesOf = ({ wins, ties, losses }: LeaderboardRow) => wins + ties + losses;
  return rows.sort((one, other) => other.share - one.share || votesOf(other) - votesOf(one));
}
