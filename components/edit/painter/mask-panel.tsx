'use client';
import { useTranslations } from 'use-intl/react';
import { saveBlob } from '@/lib/client/save-blob';
import type { MaskSession } from '@/lib/client/stores/mask-session';
import { useMaskSession } from '@/lib/client/stores/use-mask-session';
import { Button } from '../../ui/button';
import { FieldHead } from '../../ui/field';

/** The mask in the form: how much is painted, and all that is done to the whole of it. */
export function MaskPanel({ session }: { session: MaskSession }) {
  const t = useTranslations('painter');
  const share = useMaskSession(session, (state) => state.share);
  const save = async () => {
    const mask = await session.exportMask();
    if (mask) saveBlob({ blob: mask.blob, fileName: 'mask.png' });
  };
  return (
    <section>
      <FieldHead label={t('mask')} aside={<span>{t('share', { share })}</span>} />
      <Button data-testid="mask-export" onClick={() => void save()}>
        {t('export')}
      </Button>
    </section>
  );
}
