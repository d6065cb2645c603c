'use client';
import { type ReactNode, useContext, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { changeDraft, dropDraft, useHasDraft } from '@/lib/client/chat/composer-store';
import { pictureKey, type UserMessage } from '@/lib/core/chat/message';
import { PictureThumb } from '../controls/picture-thumb';
import { PencilIcon } from '../ui/icons';
import { OpenPicture } from './chat-context';
import { MessageEditor } from './message-editor';
import { CopyTextTool, MessageTool } from './message-tools';
import { PlainText } from './plain-text';

/** A message of the user: pictures, text, and its tools. */
export function UserMessageView({ message, walker }: { message: UserMessage; walker: ReactNode }) {
  const t = useTranslations('chat');
  const openPicture = useContext(OpenPicture);
  // A message with a stored draft opens in its editor, so an edit survives leaving the page.
  const isEdited = useHasDraft(message.id);
  const [isBegun, setBegun] = useState(false);
  const edit = useRef<HTMLButtonElement>(null);
  const { id, text, pictures } = message;
  if (isEdited) {
    return (
      <MessageEditor
        id={id}
        takesFocus={isBegun}
        onDone={() => {
          setBegun(false);
          dropDraft(id);
          requestAnimationFrame(() => edit.current?.focus());
        }}
      />
    );
  }
  const beginEdit = () => {
    changeDraft(id, () => ({ text, pictures }));
    setBegun(true);
  };
  return (
    <div className="flex flex-col items-end gap-1">
      {pictures.length > 0 && (
        <ul className="flex max-w-[85%] flex-wrap justify-end gap-1.5">
          {pictures.map((picture, index) => (
            <li key={picture.id}>
              <button
                type="button"
                aria-label={t('openAttached', { name: picture.name })}
                className="block cursor-zoom-in! rounded-large"
                onClick={() => openPicture(pictureKey(id, index))}
              >
                <PictureThumb picture={picture} className="h-24 w-auto max-w-[220px] min-w-12" />
              </button>
            </li>
          ))}
        </ul>
      )}
      {text !== '' && (
        <div
          dir="auto"
          className="max-w-[85%] rounded-[16px] rounded-br-small bg-accent-soft px-3.5 py-2 text-[14px] leading-[1.55]"
        >
          <PlainText text={text} />
        </div>
      )}
      <div className="-mr-1 flex min-h-7 items-center">
        <span className="flex items-center opacity-0 transition-opacity group-focus-within/message:opacity-100 group-hover/message:opacity-100 no-hover:opacity-100">
          <MessageTool ref={edit} label={t('edit')} onClick={beginEdit}>
            <PencilIcon size={14} aria-hidden />
          </MessageTool>
          {text !== '' && <CopyTextTool key={id} text={text} />}
        </span>
        {walker}
      </div>
    </div>
  );
}
