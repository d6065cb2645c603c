import { cookies, headers } from 'next/headers';
import { chooseLocale, type Locale, localeCookie } from '@/lib/i18n/locale';

/** The language that the page of this request is in. */
export async function requestLocale(): Promise<Locale> {
  return chooseLocale({
    cookie: (await cookies()).get(localeCookie)?.value,
    acceptLanguage: (await headers()).get('accept-language'),
  });
}
