'use client';
import { useId } from 'react';
import type { OptionValue } from '@/lib/core/endpoints/image-form';
import type { ModelOption } from '@/lib/core/models/model';
import { FieldHead } from '../ui/field';
import { ChoiceOption } from './choice-option';
import { FieldProblem } from './field-problem';
import { IntegerOption } from './integer-option';
import { ListOption } from './list-option';
import { TextOption } from './text-option';
import { useOptionWords } from './use-option-words';

/** One option of a model, whatever its kind; made from the catalogue alone. */
export function OptionField({
  option,
  value,
  problem,
  note,
  onChange,
}: {
  option: ModelOption;
  value: OptionValue;
  problem: string | undefined;
  /** Said below: that another choice changed this one. */
  note?: string;
  onChange: (value: OptionValue) => void;
}) {
  const words = useOptionWords();
  const id = useId();
  const hint = words.hint(option.name);
  const said = [hint && `${id}-hint`, problem && `${id}-problem`, note && `${id}-note`];
  const shared = {
    id,
    describedBy: said.filter(Boolean).join(' ') || undefined,
    invalid: problem !== undefined,
    onChange,
  };
  const text = typeof value === 'string' ? value : '';
  const isSingle = option.kind === 'integer' || option.kind === 'text';
  return (
    <div data-param={option.name}>
      <FieldHead
        {...(isSingle ? { htmlFor: id } : { id })}
        label={words.label(option.name)}
        aside={
          hint && (
            <span id={`${id}-hint`} className="text-right">
              {hint}
            </span>
          )
        }
      />
      {option.kind === 'choice' && <ChoiceOption {...shared} option={option} value={text} />}
      {option.kind === 'integer' && <IntegerOption {...shared} option={option} value={text} />}
      {option.kind === 'text' && <TextOption {...shared} option={option} value={text} />}
      {option.kind === 'choices' && (
        <ListOption {...shared} option={option} value={Array.isArray(value) ? value : []} />
      )}
      {problem !== undefined && <FieldProblem id={`${id}-problem`}>{problem}</FieldProblem>}
      {note !== undefined && (
        <p id={`${id}-note`} role="status" className="mt-1.5 text-small text-warn">
          {note}
        </p>
      )}
    </div>
  );
}
