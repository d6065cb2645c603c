'use client';
import { useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { useConversations } from '@/lib/client/chat/conversations-store';
import {
  forgetRemovedConversation,
  openConversation,
  removeConversation,
  renameConversation,
  restoreConversation,
} from '@/lib/client/chat/open-conversation';
import { UndoNotice } from '../runs/stage-notices';
import { IconButton } from '../ui/button';
import { CloseIcon, PencilIcon, TrashIcon } from '../ui/icons';
import { useIsTouch } from '../ui/viewport';
import { VirtualList } from '../ui/virtual-list';
import { useAnswering } from './use-answering';

const itemExtent = { mouse: 36, finger: 44 };

/** All conversations, most recently used first; each can be renamed and removed. */
export function ConversationItems({ onOpen }: { onOpen?: () => void }) {
  const t = useTranslations('chat');
  const list = useRef<HTMLDivElement>(null);
  const conversations = useConversations((state) => state.conversations);
  const openId = useConversations((state) => state.openId);
  const removed = useConversations((state) => state.removed);
  const [renamedId, setRenamedId] = useState<string | null>(null);
  const opened = conversations.findIndex(({ id }) => id === openId);
  const idAt = (index: number) => conversations[index]?.id ?? '';
  const titleAt = (index: number) => conversations[index]?.title || t('untitled');
  const focusItem = () =>
    requestAnimationFrame(() =>
      list.current?.querySelector<HTMLElement>('[data-item][tabindex="0"]')?.focus(),
    );
  return (
    <div ref={list} className="flex min-h-0 flex-1 flex-col gap-2">
      <VirtualList
        count={conversations.length}
        itemExtent={itemExtent[useIsTouch() ? 'finger' : 'mouse']}
        orientation="vertical"
        label={t('conversations')}
        selectedIndex={opened === -1 ? null : opened}
        itemKey={idAt}
        itemLabel={titleAt}
        testId="conversation"
        className="-mx-1.5 min-h-0 flex-1 px-1.5"
        onSelect={(index) => {
          void openConversation(idAt(index));
          onOpen?.();
        }}
        onItemKey={(event, index) => {
          if (event.key === 'F2') setRenamedId(idAt(index));
          else if (event.key === 'Delete') void removeConversation(idAt(index));
          else return;
          event.preventDefault();
        }}
        renderItem={(index) => (
          // biome-ignore lint/a11y/noStaticElementInteractions: F2 does the same on the button round it
          <span
            title={titleAt(index)}
            onDoubleClick={() => setRenamedId(idAt(index))}
            className={`absolute inset-x-0 inset-y-px flex items-center gap-2 rounded-small px-2.5 text-left text-muted transition-colors group-hover/place:bg-sunken group-hover/place:pr-16 touch:group-hover/place:pr-22 group-hover/place:text-text group-focus-visible/item:outline-2 group-focus-visible/item:-outline-offset-2 group-focus-visible/item:outline-accent group-aria-[current=true]/item:bg-sunken group-aria-[current=true]/item:font-medium group-aria-[current=true]/item:text-text ${index === opened ? 'no-hover:pr-22' : ''}`}
          >
            <span
              dir="auto"
              className={`truncate ${conversations[index]?.title ? '' : 'text-faint'}`}
            >
              {titleAt(index)}
            </span>
            <AnsweringMark conversation={idAt(index)} />
          </span>
        )}
        renderBeside={(index) =>
          idAt(index) === renamedId ? (
            <ConversationName
              id={idAt(index)}
              title={conversations[index]?.title ?? ''}
              onDone={() => {
                setRenamedId(null);
                focusItem();
              }}
            />
          ) : (
            <span
              className={`pointer-events-none absolute inset-y-0 right-1 flex items-center opacity-0 group-hover/place:pointer-events-auto group-hover/place:opacity-100 ${index === opened ? 'no-hover:pointer-events-auto no-hover:opacity-100' : ''}`}
            >
              {/* The keys F2 and Delete do the same on the item. */}
              <IconButton
                label={t('rename')}
                tabIndex={-1}
                className="size-7"
                onClick={() => setRenamedId(idAt(index))}
              >
                <PencilIcon size={13} aria-hidden />
              </IconButton>
              <IconButton
                label={t('remove')}
                tabIndex={-1}
                className="size-7"
                onClick={() => void removeConversation(idAt(index))}
              >
                <TrashIcon size={13} aria-hidden />
              </IconButton>
            </span>
          )
        }
      />
      <div role="status" className="shrink-0">
        {removed && (
          <div className="flex items-start gap-1 rounded-small bg-sunken py-2 pr-1 pl-2.5 text-small">
            <div className="min-w-0 flex-1">
              <UndoNotice
                text={t('removed', { title: removed.title || t('untitled') })}
                onUndo={() => {
                  void restoreConversation();
                  focusItem();
                }}
              />
            </div>
            <IconButton
              label={t('dismiss')}
              className="size-6 shrink-0"
              onClick={() => {
                forgetRemovedConversation();
                focusItem();
              }}
            >
              <CloseIcon size={13} aria-hidden />
            </IconButton>
          </div>
        )}
      </div>
    </div>
  );
}

/** The input that renames a conversation in the list. */
function ConversationName({
  id,
  title,
  onDone,
}: {
  id: string;
  title: string;
  onDone: () => void;
}) {
  const t = useTranslations('chat');
  const [name, setName] = useState(title);
  // Enter and Escape also blur the field, which would end the edit twice.
  const isDone = useRef(false);
  const end = (isKept: boolean) => {
    if (isDone.current) return;
    isDone.current = true;
    if (isKept && name.trim() !== title) void renameConversation(id, name);
    onDone();
  };
  return (
    <input
      ref={(field) => {
        if (!field || field === document.activeElement) return;
        field.focus();
        field.select();
      }}
      aria-label={t('name')}
      placeholder={t('nameHint')}
      value={name}
      onChange={({ target }) => setName(target.value)}
      onBlur={() => end(true)}
      onKeyDown={({ key, nativeEvent }) => {
        if (nativeEvent.isComposing || nativeEvent.keyCode === 229) return;
        if (key === 'Enter') end(true);
        if (key === 'Escape') end(false);
      }}
      className="absolute inset-x-0 inset-y-px z-10 w-full rounded-small border border-accent bg-raised px-2 max-wide:text-[16px]"
    />
  );
}

/** A dot beside a conversation with an answer in flight. */
function AnsweringMark({ conversation }: { conversation: string }) {
  const t = useTranslations('chat');
  if (useAnswering(conversation) === null) return null;
  return (
    <span
      title={t('underWay')}
      className="ml-auto size-1.5 shrink-0 breathe rounded-full bg-accent"
    />
  );
}
