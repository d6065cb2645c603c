'use client';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'use-intl/react';
import { openPage } from '@/lib/client/api/open-page';
import { startConversationWith } from '@/lib/client/chat/open-conversation';
import { addFromPicture } from '@/lib/client/edit/edit-references';
import type { Attachment } from '@/lib/core/references/reference';
import { usePrompt } from '../controls/prompt-scope';
import { BrushIcon, ContinueIcon, ImagesIcon } from '../ui/icons';

/** Sends a picture to the Edit page or into a new conversation. */
export function PictureTools({
  picture,
  className,
}: {
  picture: Omit<Attachment, 'id'>;
  className: string;
}) {
  const t = useTranslations('chat.tools');
  const router = useRouter();
  const prompt = usePrompt();
  const toEdit = (at?: number) =>
    openPage(() => {
      addFromPicture({ ...picture, parent: null }, { at });
      router.push('/edit');
    });
  return (
    <>
      <button type="button" title={t('maskHint')} className={className} onClick={() => toEdit(0)}>
        <BrushIcon size={14} aria-hidden />
        <span>{t('mask')}</span>
      </button>
      <button
        type="button"
        aria-label={t('reference')}
        title={t('reference')}
        className={className}
        onClick={() => toEdit()}
      >
        <ImagesIcon size={14} aria-hidden />
      </button>
      <button
        type="button"
        aria-label={t('continue')}
        title={t('continue')}
        className={className}
        onClick={() => {
          startConversationWith(picture);
          prompt.current?.focus();
        }}
      >
        <ContinueIcon size={14} aria-hidden />
      </button>
    </>
  );
}
