import type { ReactNode } from 'react';

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
