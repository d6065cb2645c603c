'use client';
import { useTranslations } from 'use-intl/react';
import type { ImageFormStore } from '@/lib/client/forms/image-form-store';
import { useImageForm } from '@/lib/client/forms/use-image-form';
import { Button } from '../ui/button';
import { UndoIcon } from '../ui/icons';

/** After the form was filled from elsewhere: the way back to what it held. */
export function ReplacedNotice({
  store,
  onRestore = store.restore,
}: {
  store: ImageFormStore;
  /** Brings back what was there, where that is more than the form. */
  onRestore?: () => void;
}) {
  const t = useTranslations('form');
  const replaced = useImageForm(store, (state) => state.replaced);
  const bringBack = () => {
    onRestore();
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
