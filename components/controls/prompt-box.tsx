'use client';
import { type Ref, useId, useImperativeHandle, useRef } from 'react';
import { useTranslations } from 'use-intl/react';
import { countCharacters } from '@/lib/core/prompts/prompt';
import { FieldHead } from '../ui/field';
import { useGrow } from '../ui/use-grow';
import { FieldProblem } from './field-problem';
import { PromptHistoryMenu } from './prompt-history-menu';
import { usePromptHistory } from './use-prompt-history';

/** The prompt: grows with its text, counts characters as the contract does, knows earlier ones. */
export function PromptBox({
  ref,
  value,
  max,
  problem,
  placeholder,
  earlier,
  onType,
}: {
  ref?: Ref<HTMLTextAreaElement>;
  value: string;
  max: number | null;
  problem?: string;
  placeholder?: string;
  /** The earlier prompts, newest first. */
  earlier?: () => Promise<readonly string[]>;
  onType: (text: string) => void;
}) {
  const t = useTranslations('form');
  const id = useId();
  const count = countCharacters(value);
  const box = useRef<HTMLTextAreaElement>(null);
  useImperativeHandle(ref, () => box.current as HTMLTextAreaElement);
  useGrow(box, value);
  const history = usePromptHistory(value, earlier, onType);
  const isOver = max !== null && count > max;
  return (
    <div data-param="prompt">
      <FieldHead
        htmlFor={id}
        label={t('prompt')}
        aside={
          <span
            title={t('charactersSpoken', { count })}
            className={`font-mono ${isOver ? 'text-error' : ''}`}
          >
            {max === null ? t('charactersFree', { count }) : t('characters', { count, max })}
          </span>
        }
      />
      <div className="rounded-large border border-line-strong bg-raised transition-colors hover:border-faint has-aria-invalid:border-error has-[textarea:focus-visible]:border-accent has-[textarea:focus-visible]:outline-1 has-[textarea:focus-visible]:-outline-offset-1 has-[textarea:focus-visible]:outline-accent">
        <textarea
          ref={box}
          id={id}
          data-testid="prompt"
          value={value}
          rows={4}
          placeholder={placeholder ?? t('promptPlaceholder')}
          aria-invalid={problem !== undefined || undefined}
          aria-describedby={problem === undefined ? undefined : `${id}-problem`}
          onChange={(event) => onType(event.target.value)}
          onKeyDown={history.onKeyDown}
          className="field-sizing-content block max-h-[30dvh] min-h-[96px] w-full resize-none rounded-large bg-transparent px-2.5 py-2 leading-[1.5] outline-none max-wide:text-[16px]"
        />
        {earlier && (
          <div className="flex flex-wrap gap-1.5 px-2 pt-1.5 pb-2">
            <PromptHistoryMenu
              earlier={earlier}
              position={history.position}
              onPick={(text) => {
                history.pick(text);
                box.current?.focus();
              }}
            />
          </div>
        )}
      </div>
      {problem !== undefined && <FieldProblem id={`${id}-problem`}>{problem}</FieldProblem>}
    </div>
  );
}
