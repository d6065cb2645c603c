'use client';
import { useContext, useId, useLayoutEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { later, useLater } from '@/lib/client/browser/later';
import { messageIntake } from '@/lib/client/chat/chat-intake';
import {
  changeDraft,
  draftText,
  findDraft,
  type MessageDraft,
  takeEarlyText,
  unopened,
  useDraft,
  useIsComposerReady,
} from '@/lib/client/chat/composer-store';
import { useOpenConversation, useOpenPath } from '@/lib/client/chat/conversations-store';
import { useIntake } from '@/lib/client/references/intake-queue';
import { createConversation, emptyChatSettings } from '@/lib/core/chat/conversation';
import { chatModel } from '@/lib/core/chat/settings';
import type { ValidationProblem } from '@/lib/core/validation';
import { laterPart, NotLoadedNotice } from '../controls/later-part';
import { leaveAtEscape, usePrompt, useWantedPrompt } from '../controls/prompt-scope';
import { BudgetLine, useBudgetWords } from '../controls/sharing-words';
import { useSnippets } from '../controls/snippets/use-snippets';
import { useProblemSentence } from '../controls/words';
import { useEarlyText } from '../ui/hydrated';
import { useCommandEnter, useShortcut } from '../ui/keyboard';
import { useEnterToSend, useGrow } from '../ui/text-box';
import { ChatModels } from './chat-context';
import { ComposerBar } from './composer-bar';
import { MessageIntake } from './message-intake';
import { useAnswering } from './use-answering';

/** Why a message cannot be sent: it is invalid, or something is still in progress. */
type Hindrance = ValidationProblem | 'answering' | 'reading' | 'loading' | 'budget';

const sending = later(() => import('@/lib/client/chat/send-message'));
type Sending = Awaited<ReturnType<typeof sending.get>>;
const ThumbList = laterPart(async () => (await import('./picture-thumbs')).ThumbList);
const CarriedPictures = laterPart(async () => (await import('./carried-pictures')).CarriedPictures);
// What has asked for the answer is there, so this is.
const stopAnswer = async (id: string) =>
  (await import('@/lib/client/chat/chat-runs')).chatRuns.stop(id);
const placeholder = createConversation('', 0, emptyChatSettings);

/** The message box with its attachments, what the next request will carry, and the send button. */
export function Composer() {
  const t = useTranslations('chat');
  const models = useContext(ChatModels);
  const say = useProblemSentence(models);
  const errorId = useId();
  const box = usePrompt();
  const conversation = useOpenConversation();
  const isReady = useIsComposerReady() && conversation !== undefined;
  const id = isReady ? conversation.id : unopened;
  const draft = useDraft(id);
  const early = useDraft(unopened);
  const text = isReady ? draftText(draft, early) : early.text;
  const path = useOpenPath();
  const isLoaded = path !== undefined;
  const hasMessages = path !== undefined && path.length > 0;
  const isCarriedThere = CarriedPictures.useIsThere();
  const answering = useAnswering(id);
  const allPending = useIntake(messageIntake, (state) => state.pending);
  const pending = allPending.filter((one) => one.place === id);
  // How many pictures an answer brings nobody knows before: it counts as one.
  const spent = useBudgetWords().hindrance(1);
  const [hindrance, setHindrance] = useState<{ id: string; why: Hindrance }>();
  useGrow(box, text);
  const type = (typed: string) => changeDraft(id, () => ({ text: typed }));
  useEarlyText(box, type);
  const snippets = useSnippets(box, type);
  useLayoutEffect(() => {
    if (isReady) takeEarlyText(id);
  }, [isReady, id]);

  const isEmpty = text.trim() === '' && draft.pictures.length === 0;
  useLater(sending, !isEmpty);
  const submit = ({ sendMessage }: Sending, to: string, draft?: MessageDraft) => {
    const [problem] = sendMessage(to, models, draft);
    setHindrance(problem && { id: to, why: problem });
  };
  // The drafts that are sent once the code for it is there: those of the last press in each conversation.
  const awaited = useRef(new Map<string, MessageDraft>());
  const submitSoon = async () => {
    const isAwaited = awaited.current.size > 0;
    awaited.current.set(id, findDraft(id));
    if (isAwaited) return;
    try {
      const code = await sending.get();
      for (const [to, draft] of awaited.current) submit(code, to, draft);
    } catch {
      // It is gone from the server; the page says so by itself.
    }
    awaited.current.clear();
  };
  const send = () => {
    const isReading = messageIntake.store.getState().pending.some((one) => one.place === id);
    const why: Hindrance | undefined =
      !isReady || !isLoaded
        ? 'loading'
        : answering
          ? 'answering'
          : isReading
            ? 'reading'
            : spent
              ? 'budget'
              : undefined;
    const code = sending.found();
    if (why) setHindrance({ id, why });
    // Reads the store and not the render, which may be one keystroke behind.
    else if (typeof code === 'object') submit(code.value, id);
    else void submitSoon();
  };
  const enter = useEnterToSend(send);
  useCommandEnter(() => {
    // The editor of an earlier message handles these keys itself.
    if (!document.activeElement?.closest('[data-editor]')) send();
  });
  useShortcut('/', () => box.current?.focus());
  useWantedPrompt('chat', isReady);

  // The reason is shown until it no longer applies.
  const { why } = hindrance?.id === id ? hindrance : {};
  const isOver =
    (why === 'loading' && isLoaded) ||
    (why === 'answering' && !answering) ||
    (why === 'reading' && pending.length === 0) ||
    (why === 'budget' && spent === '') ||
    (typeof why === 'object' && why.reason === 'message_empty' && !isEmpty);
  const shown = isOver ? undefined : why;
  const words = hindranceWords();
  function hindranceWords(): string | undefined {
    if (shown === undefined && spent === '') return undefined;
    if (shown === undefined || shown === 'budget') return spent;
    return typeof shown === 'string' ? t(`hindrance.${shown}`) : say(shown);
  }
  // Until a conversation is open, its box keeps its place, and can only be written into.
  const shownAs = conversation ?? placeholder;
  const model = chatModel(shownAs.settings, models);
  const renderBox = (openPicker: () => void) =>
    model && (
      <div className="rounded-[16px] border border-line-strong bg-raised shadow-floating transition-colors hover:border-faint has-[textarea:focus-visible]:border-accent">
        <div className="px-2 pt-1.5">
          {(draft.pictures.length > 0 || pending.length > 0) && (
            <ThumbList draft={id} pictures={draft.pictures} pending={pending} box={box} />
          )}
          <textarea
            dir="auto"
            ref={box}
            data-testid="composer"
            aria-label={t('composer')}
            aria-invalid={typeof shown === 'object' || undefined}
            aria-describedby={words === undefined ? undefined : errorId}
            aria-busy={!isReady}
            autoComplete="off"
            value={text}
            rows={1}
            enterKeyHint="send"
            placeholder={t('placeholder')}
            onChange={({ target }) => type(target.value)}
            {...enter}
            onKeyDown={(event) => {
              enter.onKeyDown(event);
              leaveAtEscape(event);
            }}
            className="field-sizing-content block max-h-[min(40dvh,320px)] min-h-[44px] w-full resize-none bg-transparent px-2 py-2 text-[14px] leading-[1.55] outline-none max-wide:max-h-[24dvh] max-wide:text-[16px]"
          />
          {snippets}
          {isReady && (isCarriedThere || hasMessages || draft.pictures.length > 0) && (
            <CarriedPictures
              key={id}
              conversation={conversation}
              draft={draft}
              isAnswering={answering !== null}
            />
          )}
          <NotLoadedNotice code={sending} />
          <p
            id={errorId}
            role="status"
            data-testid={words === undefined ? undefined : 'problem'}
            className={`px-2 text-small ${typeof shown === 'object' || (spent && words === spent) ? 'text-error' : 'text-muted'} ${words === undefined ? '' : 'pt-1'}`}
          >
            {words}
          </p>
        </div>
        <div inert={!isReady}>
          <ComposerBar
            conversation={shownAs}
            model={model}
            isAnswering={answering !== null}
            hindranceId={spent ? errorId : undefined}
            idleReason={spent || (isEmpty ? t('emptyHint') : undefined)}
            onAttach={openPicker}
            onSend={() => {
              send();
              // On a phone the keyboard would cover the answer.
              const isTouch = matchMedia('(pointer: coarse)').matches;
              if (!isTouch || findDraft(id).text !== '') box.current?.focus();
            }}
            onStop={() => {
              if (answering) void stopAnswer(answering);
              box.current?.focus();
            }}
          />
        </div>
      </div>
    );
  return (
    <div className="shrink-0 px-5 pb-4 max-wide:px-2.5 max-wide:pb-[max(10px,env(safe-area-inset-bottom))]">
      <div className="mx-auto w-full max-w-[720px] vast:max-w-[1080px]">
        {model && (
          <MessageIntake conversation={id} model={model}>
            {renderBox}
          </MessageIntake>
        )}
        <BudgetLine className="mt-1.5 px-2" />
      </div>
    </div>
  );
}
