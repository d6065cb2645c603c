import localFont from 'next/font/local';

// Made by scripts/fonts.mjs.

export const sans = localFont({
  src: './fonts/geist-sans.woff2',
  variable: '--font-geist-sans',
  weight: '400 700',
});

export const mono = localFont({
  src: './fonts/geist-mono.woff2',
  variable: '--font-geist-mono',
  weight: '400',
  // The stylesheet names what stands in for it.
  adjustFontFallback: false,
  // It is for figures, which the first view of a page has few of.
  preload: false,
});
