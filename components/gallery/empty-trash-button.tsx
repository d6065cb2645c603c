import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { emptyTrash } from '@/lib/client/gallery/removal';
import { Button } from '../ui/button';

/** Empties Trash: at the second click, because that is for good. */
export function EmptyTrashButton({
  label,
  why,
  onEnd,
}: {
  label: string;
  /** Why it does nothing now; undefined while it works. */
  why?: string;
  onEnd: (isDone: boolean) => void;
}) {
  const t = useTranslations('gallery.trash');
  const [state, setState] = useState<'new' | 'sure' | 'busy' | 'asked'>('new');
  const empty = async () => {
    setState('busy');
    const isDone = await emptyTrash().then(
      () => true,
      () => false,
    );
    setState('asked');
    onEnd(isDone);
  };
  if (state !== 'sure') {
    return (
      <Button
        ref={state === 'new' ? undefined : takeFocus}
        className="text-text"
        why={state === 'busy' ? t('busy') : why}
        onClick={() => setState('sure')}
      >
        {label}
      </Button>
    );
  }
  return (
    <div className="flex flex-wrap gap-2">
      <Button
        className="text-error"
        // The second click of a double click was meant for the button that stood here.
        onClick={({ detail }) => detail < 2 && void empty()}
      >
        {t('sure')}
      </Button>
      <Button ref={takeFocus} className="text-text" onClick={() => setState('asked')}>
        {t('cancel')}
      </Button>
    </div>
  );
}

// The button that was pressed is gone, and the focus would fall back to the body.
const takeFocus = (button: HTMLButtonElement | null) => button?.focus();
