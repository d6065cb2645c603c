'use client';
import { type Ref, useId } from 'react';
import { useTranslations } from 'use-intl/react';
import { countCharacters } from '@/lib/core/prompt';
import { FieldHead } from '../ui/field';
import { FieldProblem } from './field-problem';

/** The prompt: grows with its text, counts characters as the contract does. */
export function PromptBox({
  ref,
  value,
  max,
  problem,
  onType,
}: {
  ref?: Ref<HTMLTextAreaElement>;
  value: string;
  max: number | null;
  problem?: string;
  onType: (text: string) => void;
}) {
  const t = useTranslations('form');
  const id = useId();
  const count = countCharacters(value);
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
      <textarea
        ref={ref}
        id={id}
        data-testid="prompt"
        value={value}
        rows={5}
        placeholder={t('promptPlaceholder')}
        aria-invalid={problem !== undefined || undefined}
        aria-describedby={problem === undefined ? undefined : `${id}-problem`}
        onChange={(event) => onType(event.target.value)}
        className="field-sizing-content block max-h-[42dvh] min-h-[116px] w-full resize-none rounded-large border border-line-strong bg-raised px-2.5 py-2 leading-[1.5] transition-colors hover:border-faint focus-visible:border-accent focus-visible:outline-1 focus-visible:-outline-offset-1 aria-invalid:border-error max-wide:text-[16px]"
      />
      {problem !== undefined && <FieldProblem id={`${id}-problem`}>{problem}</FieldProblem>}
    </div>
  );
}
