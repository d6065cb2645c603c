import type { ComponentProps } from 'react';

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
