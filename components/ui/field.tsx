import type { ComponentProps, ReactNode } from 'react';
import { IconButton } from './button';
import { MinusIcon, PlusIcon } from './icons';

/** The line above a control: its name on the left, what there is to say on the right. */
export function FieldHead({
  id,
  htmlFor,
  label,
  aside,
}: {
  id?: string;
  htmlFor?: string;
  label: string;
  aside?: ReactNode;
}) {
  return (
    <div className="mb-1.5 flex items-baseline justify-between gap-3 text-small text-muted">
      {htmlFor === undefined ? (
        <span id={id} className="shrink-0 font-medium text-text">
          {label}
        </span>
      ) : (
        <label id={id} htmlFor={htmlFor} className="shrink-0 font-medium text-text">
          {label}
        </label>
      )}
      {aside}
    </div>
  );
}

/** What is wrong with a field, below it. */
export function FieldProblem({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <p id={id} data-testid="problem" className="mt-1.5 text-small text-error">
      {children}
    </p>
  );
}

/** A field for a whole number, as typed: it keeps what is not a number yet. */
export function NumberField({
  value,
  onType,
  invalid,
  className = '',
  ...rest
}: Omit<ComponentProps<'input'>, 'value' | 'onChange' | 'type'> & {
  value: string;
  onType: (text: string) => void;
  invalid?: boolean;
}) {
  return (
    <input
      {...rest}
      type="number"
      inputMode="numeric"
      value={value}
      aria-invalid={invalid || undefined}
      onChange={(event) => onType(event.target.value)}
      // A wheel over a focused number field would change what is being paid for.
      onWheel={(event) => event.currentTarget.blur()}
      className={`no-spinner w-full min-w-0 rounded-small border border-line-strong bg-raised px-2 py-[5px] font-mono text-small text-text aria-invalid:border-error ${className}`}
    />
  );
}

/** A native range control. */
export function Slider({
  value,
  onSlide,
  ...rest
}: Omit<ComponentProps<'input'>, 'value' | 'onChange' | 'type'> & {
  value: string;
  onSlide: (text: string) => void;
}) {
  return (
    <input
      {...rest}
      type="range"
      value={value}
      onChange={(event) => onSlide(event.target.value)}
      className="h-5 w-full cursor-pointer accent-accent"
    />
  );
}

/** A small whole number with a button on either side. */
export function Stepper({
  id,
  value,
  min,
  max,
  labels,
  onChange,
  invalid,
  describedBy,
  testId,
}: {
  id: string;
  value: string;
  min: number;
  max: number;
  labels: { fewer: string; more: string };
  onChange: (text: string) => void;
  invalid?: boolean;
  describedBy?: string;
  testId?: string;
}) {
  const current = Number.isInteger(Number(value)) && value !== '' ? Number(value) : min;
  const move = (by: number) => onChange(String(Math.min(max, Math.max(min, current + by))));
  return (
    <div className="flex items-center gap-0.5 rounded-small bg-sunken p-0.5 has-aria-invalid:outline-1 has-aria-invalid:outline-error">
      <IconButton
        label={labels.fewer}
        className="size-[27px]"
        disabled={current <= min}
        onClick={() => move(-1)}
      >
        <MinusIcon size={14} aria-hidden />
      </IconButton>
      <NumberField
        id={id}
        data-testid={testId}
        value={value}
        min={min}
        max={max}
        onType={onChange}
        invalid={invalid}
        aria-describedby={describedBy}
        className="border-transparent text-center font-medium shadow-raised"
      />
      <IconButton
        label={labels.more}
        className="size-[27px]"
        disabled={current >= max}
        onClick={() => move(1)}
      >
        <PlusIcon size={14} aria-hidden />
      </IconButton>
    </div>
  );
}
