import type { ReactNode } from 'react';

/** What is wrong with a field, below it. */
export function FieldProblem({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <p id={id} data-testid="problem" className="mt-1.5 text-small text-error">
      {children}
    </p>
  );
}
