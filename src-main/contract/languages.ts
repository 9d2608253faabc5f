/**
 * The languages of the window and of the application menu, as BCP 47 tags. Each has a folder of this name in
 * src-main/messages: a new language is its folder and its tag here.
 */
export const languageTags = ['en', 'zh-CN'] as const;

export type LanguageTag = (typeof languageTags)[number];

/** The language that the setting asks for. @param system the system's language, as a BCP 47 tag */
export function chosenLanguage(setting: LanguageTag | 'system', system: string): LanguageTag {
  return setting === 'system' ? closestLanguage(system, languageTags) : setting;
}

/**
 * The tag of the same language as `system`, preferably also of the same script, then of the same region.
 * English if there is none, or if `system` is not a BCP 47 tag.
 */
export function closestLanguage<Tag extends string>(system: string, tags: readonly Tag[]): Tag | 'en' {
  const wanted = likelySubtags(system);
  const closeness = (tag: Tag): number => {
    const { language, script, region } = likelySubtags(tag);
    if (language !== wanted.language) return 0;
    return 1 + (script === wanted.script ? 2 : 0) + (region === wanted.region ? 1 : 0);
  };
  const [closest] = tags
    .filter((tag) => closeness(tag) > 0)
    .sort((one, other) => closeness(other) - closeness(one));
  return closest ?? 'en';
}

/** `tag` with its likely script and region: zh-TW is zh-Hant-TW. */
function likelySubtags(tag: string): Intl.Locale {
  try {
    return new Intl.Locale(tag).maximize();
  } catch {
    return new Intl.Locale('en').maximize();
  }
}
