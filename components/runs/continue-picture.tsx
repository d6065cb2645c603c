'use client';
import { useRouter } from 'next/navigation';
import { useContext } from 'react';
import { useTranslations } from 'use-intl/react';
import { openPage } from '@/lib/client/api/open-page';
import { sentAs } from '@/lib/core/runs/sent-pictures';
import { BrushIcon, ContinueIcon, MaskIcon } from '../ui/icons';
import { RunActionsContext, type RunPictureProps } from './run-actions';

/** Edits a picture: opens it on the Edit page, or makes it the next step there. */
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
    return button(t('use'), t('useHint'), () =>
      openPage(async () => {
        // Lazy, to keep the Edit page's code out of the first load of the other pages.
        const { addFromPicture } = await import('@/lib/client/edit/edit-references');
        addFromPicture(picture, { at: 0 });
        router.push('/edit');
      }),
    );
  }
  return (
    <>
      {button(t('useNext'), t('useNextHint'), () => editNext({ ...place, keepsMask: false }))}
      {place.run.edit?.mask &&
        button(
          t('useWithMask'),
          t('useWithMaskHint'),
          () => editNext({ ...place, keepsMask: true }),
          // A different icon, because narrow cards hide the labels.
          MaskIcon,
        )}
    </>
  );
}

/** Opens a new conversation with the picture attached. */
export function ContinueInChat({
  className,
  hasLabel,
  ...place
}: RunPictureProps & { className: string; hasLabel: boolean }) {
  const t = useTranslations('chat.tools');
  const router = useRouter();
  const picture = sentAs(place);
  if (!picture) return null;
  const { parent: _parent, ...file } = picture;
  return (
    <button
      type="button"
      title={t('chatHint')}
      aria-label={t('chat')}
      className={className}
      onClick={() =>
        openPage(async () => {
          // Lazy, to keep the Chat page's code out of the first load of the other pages.
          const { startConversationWith } = await import('@/lib/client/chat/open-conversation');
          startConversationWith(file);
          router.push('/chat');
        })
      }
    >
      <ContinueIcon size={14} aria-hidden />
      {hasLabel && t('chat')}
    </button>
  );
}
