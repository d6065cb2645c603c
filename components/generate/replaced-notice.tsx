'use client';
import { useTranslations } from 'use-intl/react';
import { restoreForm } from '@/lib/client/stores/generate-form';
import { useGenerateForm } from '@/lib/client/stores/use-generate-form';
import { Button } from '../ui/button';
import { UndoIcon } from '../ui/icons';

/** After the form was filled from elsewhere: the way back to what it held. */
export function ReplacedNotice() {
  const t = useTranslations('form');
  const replaced = useGenerateForm((state) => state.replaced);
  const bringBack = () => {
    restoreForm();
    // The button goes with the notice, and the focus would go with it.
    document.querySelector<HTMLElement>('[data-testid="prompt"]')?.focus();
  };
  return (
    <p role="status" className="text-small text-muted">
      {replaced && (
        <span className="mt-1.5 flex items-center justify-between gap-2">
          {t('replaced')}
          <Button look="quiet" className="-my-1 text-accent-ink" onClick={bringBack}>
            <UndoIcon size={13} aria-hidden />
            {t('bringBack')}
          </Button>
        </span>
      )}
    </p>
  );
}
