import { type ComponentProps, useId } from 'react';
import { FieldHead } from '../ui/field';

/** A line to type into, with its name above and what it is for below. */
export function SignInField({
  label,
  hint,
  isWrong,
  problemId,
  ...input
}: ComponentProps<'input'> & {
  label: string;
  hint: string;
  isWrong: boolean;
  /** The element that says what is wrong. */
  problemId: string;
}) {
  const id = useId();
  const hintId = useId();
  return (
    <div>
      <FieldHead htmlFor={id} label={label} />
      <input
        {...input}
        id={id}
        required
        aria-invalid={isWrong}
        aria-describedby={isWrong ? `${problemId} ${hintId}` : hintId}
        className="w-full rounded-small border border-line-strong bg-raised px-3 py-2 text-large outline-offset-1 aria-invalid:border-error"
      />
      <p id={hintId} className="mt-1 text-small text-muted">
        {hint}
      </p>
    </div>
  );
}
