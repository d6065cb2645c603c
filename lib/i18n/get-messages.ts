import type { Locale } from './locale';
import { en, type Messages } from './messages/en';
import { zh } from './messages/zh';

const messages: Record<Locale, Messages> = { en, zh };

/** The messages of a language. Called on the server only, so a browser gets one language. */
export function getMessages(locale: Locale): Messages {
  return messages[locale];
}
