import type { Locale } from './locale';
import type { Messages } from './messages/en';

declare module 'use-intl/core' {
  interface AppConfig {
    Locale: Locale;
    Messages: Messages;
  }
}
