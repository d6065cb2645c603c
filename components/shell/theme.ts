/** What the page's colours follow. */
export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/** Cookie with the theme that somebody chose. */
export const themeCookie = 'theme';

/** The theme that a cookie names; the system's where it names none. */
export function readTheme(cookie: string | undefined): Theme {
  return themes.find((theme) => theme === cookie) ?? 'system';
}
