export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/** The name of the cookie that holds the chosen theme. */
export const themeCookie = 'theme';

/** Reads the theme from the cookie's value; `system` if there is none. */
export function readTheme(cookie: string | undefined): Theme {
  return themes.find((theme) => theme === cookie) ?? 'system';
}
