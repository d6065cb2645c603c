import type { ReactNode } from 'react';

/** The values of a filter, of which none or one is chosen. */
export function FilterSelect({
  label,
  value,
  onChoose,
  children,
}: {
  /** Stands where none is chosen. */
  label: string;
  /** Empty: none. */
  value: string;
  onChoose: (value: string) => void;
  /** An `option` for each. */
  children: ReactNode;
}) {
  return (
    <select
      aria-label={label}
      value={value}
      onChange={({ target }) => onChoose(target.value)}
      className={`max-w-40 shrink-0 rounded-small border bg-raised px-1.5 py-1.5 text-small ${value === '' ? 'border-line-strong' : 'border-accent font-medium text-accent-ink'}`}
    >
      <option value="">{label}</option>
      {children}
    </select>
  );
}
