'use client';
import { useContext, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { editMessage } from '@/lib/client/chat/send-message';
import type { UserMessage } from '@/lib/core/chat/message';
import type { Problem } from '@/lib/core/problems';
import { FieldProblem } from '../controls/field-problem';
import { useProblemSentence } from '../controls/use-problem-sentence';
import { Button } from '../ui/button';
import { useEnterToSend } from '../ui/use-enter-to-send';
import { useGrow } from '../ui/use-grow';
import { ChatModels } from './chat-models';
import { ThumbList } from './thumb-list';

/** An earlier message while it is changed. Saving says it anew, beside the one that is there. */
export function MessageEditor({ message, onDone }: { message: UserMessage; onDone: () => void }) {
  const t = useTranslations('chat');
  const models = useContext(ChatModels);
  const say = useProblemSentence(models);
  const box = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(message.text);
  const [pictures, setPictures] = useState(message.pictures);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  useGrow(box, text);
  const save = () => {
    const found = editMessage({ id: message.id, text, pictures, models });
    setProblems(found);
    if (found.length === 0) onDone();
  };
  const { onKeyDown, ...composition } = useEnterToSend(save);
  const [problem] = problems;
  return (
    <div
      data-editor
      className="ml-auto w-full max-w-[85%] rounded-[16px] border border-line-strong bg-raised p-2 has-[textarea:focus-visible]:border-accent"
    >
      <ThumbList
        pictures={pictures}
        onRemove={(id) => setPictures(pictures.filter((one) => one.id !== id))}
      />
      <textarea
        ref={(element) => {
          const isNew = element !== null && box.current === null;
          box.current = element;
          if (!isNew) return;
          element.focus();
          element.setSelectionRange(element.value.length, element.value.length);
        }}
        aria-label={t('editLabel')}
        aria-invalid={problem !== undefined || undefined}
        value={text}
        rows={2}
        onChange={({ target }) => {
          setText(target.value);
          setProblems([]);
        }}
        {...composition}
        onKeyDown={(event) => {
          onKeyDown(event);
          const isComposing = event.nativeEvent.isComposing || event.nativeEvent.keyCode === 229;
          if (event.key === 'Escape' && !isComposing) onDone();
        }}
        className="field-sizing-content block max-h-[40dvh] w-full resize-none bg-transparent px-1.5 py-1 text-[14px] leading-[1.55] outline-none max-wide:text-[16px]"
      />
      {problem && <FieldProblem>{say(problem)}</FieldProblem>}
      <div className="mt-1.5 flex flex-wrap items-center justify-end gap-1.5">
        <p className="mr-auto px-1.5 text-muted text-small">{t('editHint')}</p>
        <Button look="quiet" onClick={onDone}>
          {t('cancel')}
        </Button>
        <Button onClick={(event) => event.detail < 2 && save()}>{t('save')}</Button>
      </div>
    </div>
  );
}
