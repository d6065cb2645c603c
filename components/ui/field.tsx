import type { ComponentProps, ReactNode } from 'react';

/** The line above a control: its name, and a note at the right. */
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

/** The validation message below a field. */
export function FieldProblem({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <p id={id} data-testid="problem" className="mt-1.5 text-small text-error">
      {children}
    </p>
  );
}

/** A field for a whole number. Its value is the typed text, which need not be a number yet. */
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
      // A wheel over a focused number field would change its value, here what a run costs.
      onWheel={(event) => event.currentTarget.blur()}
      className={`no-spinner w-full min-w-0 rounded-small border border-line-strong bg-raised px-2 py-[5px] text-small text-text aria-invalid:border-error touch:px-1.5 touch:text-[16px] ${className}`}
    />
  );
}

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
