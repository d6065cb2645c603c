'use client';
import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'use-intl/react';
import { localeCookie } from '@/lib/i18n/locale';
import { barButton } from './bar-button';
import { keepPreference } from './preference-cookie';

/** Switches between the two languages; named in the language that it leads to. */
export function LanguageSwitch() {
  const t = useTranslations('shell');
  const locale = useLocale();
  const router = useRouter();
  const other = locale === 'en' ? 'zh' : 'en';
  return (
    <button
      type="button"
      lang={other === 'zh' ? 'zh-CN' : 'en'}
      className={barButton}
      onClick={() => {
        keepPreference(localeCookie, other);
        router.refresh();
      }}
    >
      {t('language')}
    </button>
  );
}
