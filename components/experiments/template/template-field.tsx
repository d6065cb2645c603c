'use client';
import { useId, useMemo, useRef } from 'react';
import { useTranslations } from 'use-intl/react';
import type { Definition } from '@/lib/core/experiments/experiment';
import { findForeignSyntax } from '@/lib/core/experiments/foreign-syntax';
import type { PromptTemplate } from '@/lib/core/experiments/prompt-template';
import { type Place, type TemplateProblem, takenAsText } from '@/lib/core/experiments/template';
import { countCharacters } from '@/lib/core/validation';
import { Button } from '../../ui/button';
import { CheckBox } from '../../ui/check-box';
import { FieldHead } from '../../ui/field';
import { useEarlyText } from '../../ui/hydrated';
import { useShortcut } from '../../ui/keyboard';
import { braces } from './braces';
import { highlights } from './highlights';

const shape =
  'col-start-1 row-start-1 min-h-24 w-full p-2.5 leading-normal whitespace-pre-wrap break-words touch:text-[16px]';
const looks = {
  text: '',
  variable: 'rounded-[4px] bg-accent/15',
  problem: 'rounded-[4px] bg-error/20 underline decoration-error decoration-wavy',
  foreign: 'rounded-[4px] bg-warn/20',
};

/** The template: its variables are coloured, and what is wrong is marked in place and said below. */
export function TemplateField({
  definition: { template, isText },
  read,
  onEdit,
}: {
  definition: Definition;
  read: PromptTemplate;
  onEdit: (change: (definition: Definition) => Definition) => void;
}) {
  const t = useTranslations('experiments.template');
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const foreign = useMemo(() => (isText ? [] : findForeignSyntax(template)), [template, isText]);
  const type = (text: string) => onEdit((definition) => ({ ...definition, template: text }));
  const pieces = highlights(template, { marks: read.marks, problems: read.problems, foreign });
  useEarlyText(field, type);
  useShortcut('/', () => field.current?.focus());
  const goTo = ({ start, end }: Place) => {
    field.current?.focus();
    field.current?.setSelectionRange(start, end);
  };
  // Choices without a name are known by their number.
  const named = (values: TemplateProblem['values']) =>
    Object.fromEntries(
      Object.entries(values).map(([key, value]) => [
        key,
        String(value).startsWith('#') ? t('nth', { number: String(value).slice(1) }) : value,
      ]),
    );
  const at = ({ start }: Place) => countCharacters(template.slice(0, start)) + 1;
  return (
    <div>
      <FieldHead
        htmlFor={id}
        label={t('label')}
        aside={
          <CheckBox
            isChecked={isText}
            onChange={(next) => onEdit((definition) => ({ ...definition, isText: next }))}
          >
            {t('isText')}
          </CheckBox>
        }
      />
      <div className="grid rounded-large border border-line-strong bg-raised font-mono text-small focus-within:outline-2 focus-within:outline-accent">
        <div aria-hidden className={`${shape} pointer-events-none text-transparent`}>
          {pieces.map(({ kind, start, end }) => (
            <span key={start} className={looks[kind]}>
              {template.slice(start, end)}
            </span>
          ))}
          {'\n'}
        </div>
        <textarea
          ref={field}
          id={id}
          value={template}
          spellCheck={false}
          placeholder={t('placeholder', braces)}
          aria-invalid={read.problems.length > 0 || undefined}
          aria-describedby={`${id}-problems`}
          onChange={(event) => type(event.target.value)}
          className={`${shape} resize-none overflow-hidden bg-transparent outline-none`}
        />
      </div>
      <ul id={`${id}-problems`} className="grid gap-1 pt-1.5 text-small empty:hidden">
        {read.problems.map((problem) => (
          <li
            key={`${problem.reason} ${problem.start}`}
            className="flex flex-wrap items-center gap-x-2 text-error"
          >
            <button
              type="button"
              className="text-left underline-offset-2 hover:underline"
              onClick={() => goTo(problem)}
            >
              {t(`problem.${problem.reason}`, { ...named(problem.values), at: at(problem) })}
            </button>
            {problem.signs.length > 0 && (
              <Button look="link" onClick={() => type(takenAsText(template, problem))}>
                {t('takeAsText')}
              </Button>
            )}
          </li>
        ))}
        {foreign.map((found) => (
          <li key={found.start} className="text-warn">
            <button
              type="button"
              className="text-left underline-offset-2 hover:underline"
              onClick={() => goTo(found)}
            >
              {t(`foreign.${found.kind}`, { text: template.slice(found.start, found.end) })}
            </button>
          </li>
        ))}
      </ul>
      {template === '' && <p className="pt-1.5 text-small text-muted">{t('hint', braces)}</p>}
    </div>
  );
}
