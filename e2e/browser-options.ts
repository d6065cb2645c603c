import type { PlaywrightTestConfig } from '@playwright/test';
import { findBrowser } from '../scripts/browser.mjs';

/** A plain-http host name that is not localhost: no secure context, as on a company's network. */
export const plainHost = 'playground.test';

/** What all browsers of the tests have in common: a worker starts one, and keeps it. */
export const browserOptions: PlaywrightTestConfig['use'] = {
  locale: 'en-US',
  // What moves while a run is under way is drawn sixty times a second, for nobody; and what is still
  // fading in has no colours of its own for axe.
  contextOptions: { reducedMotion: 'reduce' },
  launchOptions: {
    executablePath: findBrowser(),
    args: [`--host-resolver-rules=MAP ${plainHost} 127.0.0.1`],
  },
};
