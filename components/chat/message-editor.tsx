'use client';
import { useContext, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { messageIntake } from '@/lib/client/chat/chat-intake';
import { changeDraft, findDraft, useDraft } from '@/lib/client/chat/composer-store';
import { useOpenConversation } from '@/lib/client/chat/conversations-store';
import { editMessage } from '@/lib/client/chat/send-message';
import { useIntake } from '@/lib/client/references/intake-queue';
import { chatModel } from '@/lib/core/chat/settings';
import type { ValidationProblem } from '@/lib/core/validation';
import { pickedFormats } from '../controls/file-intake';
import { useSnippets } from '../controls/snippets/use-snippets';
import { useProblemSentence } from '../controls/words';
import { Button, IconButton } from '../ui/button';
import { FieldProblem } from '../ui/field';
import { PlusIcon } from '../ui/icons';
import { useEnterToSend, useGrow } from '../ui/text-box';
import { ChatModels } from './chat-context';
import { IntakeRefusals } from './intake-refusals';
import { ThumbList } from './picture-thumbs';

/** Edits an earlier message. Saving sends it as a new branch beside the old one. */
export function MessageEditor({
  id,
  takesFocus,
  onDone,
}: {
  id: string;
  /** True when the user has just opened the editor. */
  takesFocus: boolean;
  onDone: () => void;
}) {
  const t = useTranslations('chat');
  const models = useContext(ChatModels);
  const say = useProblemSentence(models);
  const box = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const { text, pictures } = useDraft(id);
  const conversation = useOpenConversation();
  const limits = conversation && chatModel(conversation.settings, models)?.references;
  const allPending = useIntake(messageIntake, (state) => state.pending);
  const pending = allPending.filter((one) => one.place === id);
  const [problem, setProblem] = useState<ValidationProblem | 'reading'>();
  useGrow(box, text);
  const snippets = useSnippets(box, (next) => changeDraft(id, () => ({ text: next })));
  const save = () => {
    if (pending.length > 0) return setProblem('reading');
    const [found] = editMessage(id, findDraft(id), models);
    setProblem(found);
    if (!found) onDone();
  };
  const { onKeyDown, ...composition } = useEnterToSend(save);
  return (
    <div
      data-editor={id}
      className="ml-auto w-full max-w-[85%] rounded-[16px] border border-line-strong bg-raised p-2 has-[textarea:focus-visible]:border-accent"
    >
      {limits && <IntakeRefusals draft={id} limits={limits} />}
      <ThumbList draft={id} pictures={pictures} pending={pending} box={box} />
      <textarea
        dir="auto"
        ref={(element) => {
          const isNew = element !== null && box.current === null;
          box.current = element;
          if (!isNew || !takesFocus) return;
          element.focus();
          element.setSelectionRange(element.value.length, element.value.length);
        }}
        aria-label={t('editLabel')}
        aria-invalid={typeof problem === 'object' || undefined}
        value={text}
        rows={2}
        onChange={({ target }) => {
          changeDraft(id, () => ({ text: target.value }));
          setProblem(undefined);
        }}
        {...composition}
        onKeyDown={(event) => {
          onKeyDown(event);
          const isComposing = event.nativeEvent.isComposing || event.nativeEvent.keyCode === 229;
          if (event.key === 'Escape' && !isComposing) onDone();
        }}
        className="field-sizing-content block max-h-[40dvh] w-full resize-none bg-transparent px-1.5 py-1 text-[14px] leading-[1.55] outline-none max-wide:text-[16px]"
      />
      {snippets}
      <p role="status" className="px-1.5 text-muted text-small">
        {problem === 'reading' && pending.length > 0 && t('hindrance.reading')}
      </p>
      {typeof problem === 'object' && <FieldProblem>{say(problem)}</FieldProblem>}
      <div className="mt-1.5 flex flex-wrap items-center justify-end gap-1.5">
        {limits && (
          <>
            <IconButton label={t('attach')} onClick={() => picker.current?.click()}>
              <PlusIcon size={16} aria-hidden />
            </IconButton>
            <input
              ref={picker}
              type="file"
              multiple
              hidden
              accept={pickedFormats}
              data-testid="edit-ref-input"
              onChange={({ target }) => {
                messageIntake.enqueueAll([...(target.files ?? [])], limits, id);
                // Without this, picking the same file again fires no change event.
                target.value = '';
                box.current?.focus();
              }}
            />
          </>
        )}
        <p className="mr-auto px-1.5 text-muted text-small">{t('editHint')}</p>
        <Button look="quiet" onClick={onDone}>
          {t('cancel')}
        </Button>
        <Button onClick={(event) => event.detail < 2 && save()}>{t('save')}</Button>
      </div>
    </div>
  );
}
