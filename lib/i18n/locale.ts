/** The languages of the pages. */
export const locales = ['en', 'zh'] as const;
export type Locale = (typeof locales)[number];

/** The cookie that holds the chosen language. */
export const localeCookie = 'locale';

/** The chosen language, else the one the browser prefers (RFC 9110 §12.5.4), else English. */
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
