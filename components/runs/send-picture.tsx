'use client';
import { useRouter } from 'next/navigation';
import { useContext } from 'react';
import { useTranslations } from 'use-intl/react';
import { sentAs } from '@/lib/core/runs/sent-as';
import { BrushIcon, MaskIcon } from '../ui/icons';
import { RunActionsContext, type RunPictureProps } from './run-actions';

/** Goes on with a picture: edits it on the Edit page, or, on that page, as the next step there. */
export function SendPicture({ className, ...place }: RunPictureProps & { className: string }) {
  const t = useTranslations('edit');
  const router = useRouter();
  const { editNext } = useContext(RunActionsContext);
  const picture = sentAs(place);
  if (!picture) return null;
  const button = (label: string, hint: string, onClick: () => void, Icon = BrushIcon) => (
    <button type="button" title={hint} className={className} onClick={onClick}>
      <Icon size={14} aria-hidden />
      <span>{label}</span>
    </button>
  );
  if (!editNext) {
    return button(t('use'), t('useHint'), async () => {
      // Not part of the first load of the other pages.
      const { addFromPicture } = await import('@/lib/client/edit/edit-references');
      addFromPicture(picture, { at: 0 });
      router.push('/edit');
    });
  }
  return (
    <>
      {button(t('useNext'), t('useNextHint'), () => editNext({ ...place, keepsMask: false }))}
      {place.run.edit?.mask &&
        button(
          t('useWithMask'),
          t('useWithMaskHint'),
          () => editNext({ ...place, keepsMask: true }),
          // Where there is no room for words, it must not look like the other.
          MaskIcon,
        )}
    </>
  );
}
