import type { ReactNode } from 'react';

/** A page that has only something to say, and a way on. */
export function Notice({
  title,
  text,
  children,
}: {
  title: string;
  text: string;
  children: ReactNode;
}) {
  return (
    <div className="grid flex-1 place-items-center p-6">
      <div className="max-w-md text-center">
        <div
          aria-hidden
          className="mx-auto mb-6 h-24 w-36 rounded-large border border-line checkerboard bg-panel"
        />
        <h1 className="text-huge font-semibold tracking-tight">{title}</h1>
        <p className="mt-2 text-muted">{text}</p>
        <div className="mt-5 flex justify-center gap-2">{children}</div>
      </div>
    </div>
  );
}
