'use client';
import { useId } from 'react';
import { useTranslations } from 'use-intl/react';
import { FieldHead } from '../ui/field';
import { Stepper } from '../ui/stepper';
import { FieldProblem } from './field-problem';

/** How many pictures one run asks for. */
export function CountField({
  value,
  limits,
  problem,
  onChange,
}: {
  value: string;
  limits: { min: number; max: number };
  problem: string | undefined;
  onChange: (text: string) => void;
}) {
  const t = useTranslations('form');
  const id = useId();
  return (
    <div data-param="n">
      <FieldHead htmlFor={id} label={t('pictures')} />
      <Stepper
        id={id}
        testId="count"
        value={value}
        min={limits.min}
        max={limits.max}
        labels={{ fewer: t('fewer'), more: t('more') }}
        invalid={problem !== undefined}
        describedBy={problem === undefined ? undefined : `${id}-problem`}
        onChange={onChange}
      />
      {problem !== undefined && <FieldProblem id={`${id}-problem`}>{problem}</FieldProblem>}
    </div>
  );
}
