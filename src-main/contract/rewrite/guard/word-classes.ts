const listed = (words: string): ReadonlySet<string> => new Set(words.split(' '));

/** Words that carry grammar: they may come and go in a correction. */
const functionWords = listed(
  "a an the this that these those of to in on at for from by with as into onto upon about than and or nor but so if whether because although though while when where since until till during among between through per is are was were be been being am has have had having do does did doing will would shall should can could may might must i me my mine myself you your yours yourself yourselves he him his himself she her hers herself it its itself we us our ours ourselves they them their theirs themselves who whom whose which what how there here one ones some any each every either neither both much many more most less fewer few lot lots other another such own i'm i've i'd i'll you're you've you'd you'll he's he'd he'll she's she'd she'll it's it'd it'll we're we've we'd we'll they're they've they'd they'll that's there's here's who's what's let's lets let get got",
);

/** Small words whose loss or gain changes a little of what is said. */
const nuances = listed(
  'very too also just only even still already yet again then now always often sometimes soon quite rather really almost nearly maybe perhaps please up down out off away back over under before after without within against all none first last same not only',
);

const negations = listed(
  "not no never none nobody nothing neither nor nowhere cannot without hardly scarcely n't non dont doesnt didnt isnt arent wasnt werent hasnt havent hadnt cant couldnt wont wouldnt shouldnt mustnt aint",
);
const zhNegations = listed('不 没 沒 未 无 無 非 别 勿 莫');

/** Words that differ in meaning from those of the other groups of their line. */
const contrasts: readonly (readonly string[])[] = [
  [
    'i me my mine myself im ive id ill',
    'you your youre yours yourself yourselves',
    'he him his himself hes',
    'she her hers herself shes',
    'we us our ours ourselves were weve',
    'it its itself',
    'they them their theirs themselves theyre there',
  ],
  ['can could', 'will would', 'may might', 'must', 'shall should'],
  [
    'all every each everyone everybody everything',
    'some any someone somebody something anyone anybody anything',
    'few fewer less least little',
    'many much more most lot lots',
    'both',
    'neither none nobody nothing',
    'several',
  ],
  ['before', 'after'],
  ['above over', 'below under'],
  ['up', 'down'],
  ['in into inside', 'out outside'],
  ['and', 'or'],
  ['with', 'without'],
  ['first', 'last'],
  ['always', 'never', 'often', 'sometimes'],
  ['from', 'to'],
  ['increase increased increases increasing', 'decrease decreased decreases decreasing'],
  ['import imports imported', 'export exports exported'],
  ['hot', 'cold'],
  ['day', 'night'],
];
/** For each word, its lines and groups. */
const groups = new Map<string, readonly (readonly [line: number, group: number])[]>();
for (const [line, of] of contrasts.entries())
  for (const [group, words] of of.entries())
    for (const word of words.split(' ')) groups.set(word, [...(groups.get(word) ?? []), [line, group]]);

/** Words that are written with a capital everywhere. */
const properWords = listed(
  'monday tuesday wednesday thursday friday saturday sunday january february april june july august september october november december christmas easter english british american french german spanish italian chinese japanese russian portuguese dutch greek latin indian irish scottish welsh european african asian australian canadian england britain america france germany spain italy china japan russia portugal poland greece india ireland scotland wales europe africa asia australia canada london paris berlin internet',
);

/** Words repeated for emphasis, or by grammar. */
const repeatable = listed(
  'very really so much many long far no yes never again ha bye hey wait come there that had is was in on so oh',
);

export const isFunctionWord = (word: string): boolean =>
  functionWords.has(plain(word)) || negations.has(bare(word));
export const isNuance = (word: string): boolean => nuances.has(plain(word));
export const isProperWord = (word: string): boolean =>
  properWords.has(plain(word).replace(/'?s$/u, '')) || properWords.has(plain(word));
export const isRepeatable = (word: string): boolean => repeatable.has(plain(word));
export const isNegation = (word: string): boolean =>
  negations.has(bare(word)) || /n't$/u.test(plain(word)) || zhNegations.has(word);

/** Whether two words say different things although grammar allows both, such as “he” and “she”. */
export function areContrasts(one: string, other: string): boolean {
  const [first, second] = [groups.get(bare(one)) ?? [], groups.get(bare(other)) ?? []];
  return first.some(
    ([line, group]) =>
      second.some((at) => at[0] === line) && !second.some((at) => at[0] === line && at[1] === group),
  );
}

/** In lower case, with straight apostrophes. */
export function plain(word: string): string {
  return word.toLowerCase().replace(/’/gu, "'");
}
/** As `plain`, without apostrophes. */
export function bare(word: string): string {
  return plain(word).replace(/'/gu, '');
}
