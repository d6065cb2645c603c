/** The languages of the pages; the first is used where nothing else is known. */
export const locales = ['en', 'zh'] as const;
export type Locale = (typeof locales)[number];

/** Cookie with the language that somebody chose. */
export const localeCookie = 'locale';

/** The language of a page: the one chosen before, else the browser's favourite that we have. */
export function chooseLocale({
  cookie,
  acceptLanguage,
}: {
  cookie: string | undefined;
  acceptLanguage: string | null;
}): Locale {
  return locales.find((locale) => locale === cookie) ?? favourite(acceptLanguage ?? '') ?? 'en';
}

function favourite(acceptLanguage: string): Locale | undefined {
  const wishes = acceptLanguage.split(',').map((wish) => {
    const [tag = '', ...parameters] = wish.split(';');
    const quality = parameters.map((text) => /^\s*q=([\d.]+)\s*$/.exec(text)?.[1]).find(Boolean);
    return {
      language: tag.trim().toLowerCase().split('-')[0],
      quality: quality ? Number(quality) : 1,
    };
  });
  return wishes
    .filter(({ quality }) => quality > 0)
    .sort((one, other) => other.quality - one.quality)
    .map(({ language }) => locales.find((locale) => locale === language))
    .find((locale) => locale !== undefined);
}
