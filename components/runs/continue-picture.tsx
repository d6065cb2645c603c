'use client';
import { usePathname, useRouter } from 'next/navigation';
import { useContext } from 'react';
import { useTranslations } from 'use-intl/react';
import { openPage } from '@/lib/client/api/open-page';
import type { KeptPicture } from '@/lib/client/pictures/dragged-picture';
import { sentAs } from '@/lib/core/runs/sent-pictures';
import { usePrompt } from '../controls/prompt-scope';
import { BrushIcon, ContinueIcon, MaskIcon } from '../ui/icons';
import { RunActionsContext, type RunPictureProps } from './run-actions';

/** A stored picture to go on with, in the look of the buttons around. */
interface FurtherPicture {
  picture: KeptPicture;
  className: string;
  /** Called before another page opens, or this one shows something else. */
  onDone?: () => void;
}

/** Edits a run's picture: opens it on the Edit page, or makes it the next step there. */
export function SendPicture({
  className,
  onDone,
  ...place
}: RunPictureProps & Omit<FurtherPicture, 'picture'>) {
  const t = useTranslations('edit');
  const { editNext } = useContext(RunActionsContext);
  const picture = sentAs(place);
  if (!picture) return null;
  if (!editNext) return <EditPicture picture={picture} className={className} onDone={onDone} />;
  const next = (keepsMask: boolean) => {
    onDone?.();
    editNext({ ...place, keepsMask });
  };
  return (
    <>
      <button
        type="button"
        title={t('useNextHint')}
        className={className}
        onClick={() => next(false)}
      >
        <BrushIcon size={14} aria-hidden />
        <span>{t('useNext')}</span>
      </button>
      {place.run.edit?.mask && (
        <button
          type="button"
          title={t('useWithMaskHint')}
          className={`${className} @max-[420px]:[&>span]:sr-only`}
          onClick={() => next(true)}
        >
          {/* A different icon, because narrow cards hide the labels. */}
          <MaskIcon size={14} aria-hidden />
          <span>{t('useWithMask')}</span>
        </button>
      )}
    </>
  );
}

/** Opens a picture on the Edit page. */
export function EditPicture({ picture, className, onDone }: FurtherPicture) {
  const t = useTranslations('edit');
  const router = useRouter();
  const edit = () => {
    onDone?.();
    void openPage(async () => {
      // Lazy, to keep the Edit page's code out of the first load of the other pages.
      const { addFromPicture } = await import('@/lib/client/edit/edit-references');
      addFromPicture(picture, { at: 0 });
      router.push('/edit');
    });
  };
  return (
    <button type="button" title={t('useHint')} className={className} onClick={edit}>
      <BrushIcon size={14} aria-hidden />
      <span>{t('use')}</span>
    </button>
  );
}

/** Opens a new conversation with the picture of a run attached. */
export function ContinueInChat({
  className,
  onDone,
  ...place
}: RunPictureProps & Omit<FurtherPicture, 'picture'>) {
  const picture = sentAs(place);
  return picture && <ChatAbout {...{ picture, className, onDone }} />;
}

/** Opens a new conversation with a picture attached. */
export function ChatAbout({
  picture: { parent: _parent, ...file },
  className,
  onDone,
}: FurtherPicture) {
  const t = useTranslations('chat.tools');
  const router = useRouter();
  const isChat = usePathname() === '/chat';
  const prompt = usePrompt();
  const start = async () => {
    // Lazy, to keep the Chat page's code out of the first load of the other pages.
    const { startConversationWith } = await import('@/lib/client/chat/open-conversation');
    startConversationWith(file);
    if (isChat) prompt.current?.focus();
    else router.push('/chat');
  };
  return (
    <button
      type="button"
      title={t('chatHint')}
      className={className}
      onClick={() => {
        onDone?.();
        void (isChat ? start() : openPage(start));
      }}
    >
      <ContinueIcon size={14} aria-hidden />
      <span>{t('chat')}</span>
    </button>
  );
}
