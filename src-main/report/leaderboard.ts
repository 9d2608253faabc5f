import type { LeaderboardRow, Vote } from '../contract/comparison.ts';

/** A vote with the names of the columns that were compared. */
export interface NamedVote extends Pick<Vote, 'outcome'> {
  readonly firstName: string;
  readonly secondName: string;
}

/** Of the standard normal distribution: 95 % lie within so many deviations. */
const deviations = 1.959963984540054;

/**
 * Wilson's interval of a share of `count` trials (Wilson 1927), which stays within 0 and 1 and is honest for few.
 * @param successes 0 to `count`; a tie may count half
 * @returns both ends; 0 and 1 where there is no trial
 */
export function wilsonInterval(successes: number, count: number): readonly [low: number, high: number] {
  if (count === 0) return [0, 1];
  const share = successes / count;
  const square = deviations ** 2 / count;
  const middle = share + square / 2;
  const spread = deviations * Math.sqrt((share * (1 - share)) / count + square / (4 * count));
  return [Math.max(0, (middle - spread) / (1 + square)), Math.min(1, (middle + spread) / (1 + square))];
}

/**
 * Who wins over all votes, best first; of equal shares the one with more votes. A tie counts half for both, a
 * skipped vote not at all, and so does a vote on two columns of one name.
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
