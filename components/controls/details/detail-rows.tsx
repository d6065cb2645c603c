import type { ReactNode } from 'react';

export function DetailSection({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3 className="mb-1.5 font-medium">{title}</h3>
      <dl className="grid grid-cols-[minmax(0,auto)_minmax(0,1fr)] gap-x-4 gap-y-1 text-small">
        {children}
      </dl>
    </section>
  );
}

/** A fact, marked where it is not what was asked for. One that is not known has no row. */
export function DetailRow({
  name,
  asked,
  value,
  isLong = false,
  isWireName = false,
}: {
  name: string;
  /** What was asked for, if anything was. */
  asked?: string;
  value: string | null | undefined;
  /** It may break anywhere. */
  isLong?: boolean;
  isWireName?: boolean;
}) {
  if (value === undefined || value === null || value === '') return null;
  const differs = asked !== undefined && asked !== value;
  return (
    <>
      <dt className={`text-muted ${isWireName ? 'font-mono break-all' : ''}`}>{name}</dt>
      <dd
        className={`${isLong ? 'font-mono break-all select-all' : 'break-words'} ${differs ? 'text-warn' : ''}`}
      >
        {differs ? `⚠ ${asked} → ${value}` : value}
      </dd>
    </>
  );
}
