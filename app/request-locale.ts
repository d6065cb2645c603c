import { cookies, headers } from 'next/headers';
import { chooseLocale, type Locale, localeCookie } from '@/lib/i18n/locale';

/** The language of this request's page. */
export async function requestLocale(): Promise<Locale> {
  return chooseLocale({
    cookie: (await cookies()).get(localeCookie)?.value,
    acceptLanguage: (await headers()).get('accept-language'),
  });
}
