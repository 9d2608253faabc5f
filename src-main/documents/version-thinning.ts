/** A stored version, as far as thinning is concerned. */
export interface ThinnedVersion {
  /** Grows with each version. */
  readonly number: number;
  /** UTF-16 units of its text that the next version lacks; null if unknown. */
  readonly lost: number | null;
}

/** Maximum number of versions of a document. */
export const maximumVersions = 200;
/** The newest versions, none of which is removed. */
const newestKept = 50;
/** A version is dispensable if the next one lacks less than this many units of it. */
const dispensableLoss = 10;

/**
 * Index of the version to remove from `versions`, oldest first; undefined while there are few enough. As backups are
 * rotated (grandfather, father, son), but by order and not by a clock: the newest stay, and the older two versions are,
 * the further apart. Those whose text the next version holds go first; the oldest stays.
 */
export function versionToRemove(versions: readonly ThinnedVersion[]): number | undefined {
  const newest = versions.at(-1);
  if (newest === undefined || versions.length <= maximumVersions) return undefined;
  const candidates = versions.slice(1, -newestKept).map(({ number, lost }, place) => ({
    index: place + 1,
    dispensable: lost !== null && lost < dispensableLoss,
    // The gap that removing it would leave, as a share of its age.
    gap: (versions[place + 2]!.number - versions[place]!.number) / (newest.number - number),
  }));
  candidates.sort((a, b) => Number(b.dispensable) - Number(a.dispensable) || a.gap - b.gap);
  return candidates[0]?.index;
}
