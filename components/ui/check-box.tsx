import type { ReactNode } from 'react';

/** A checkbox and its words, which are clicked as well. */
export function CheckBox({
  isChecked,
  title,
  className = 'items-center',
  onChange,
  children,
}: {
  isChecked: boolean;
  title?: string;
  /** How the words stand beside it. */
  className?: string;
  onChange: (isChecked: boolean) => void;
  children: ReactNode;
}) {
  return (
    <label title={title} className={`flex cursor-pointer gap-2 ${className}`}>
      <input
        type="checkbox"
        className="accent-accent"
        checked={isChecked}
        onChange={({ currentTarget }) => onChange(currentTarget.checked)}
      />
      {children}
    </label>
  );
}
