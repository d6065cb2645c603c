'use client';
import type { ComponentType } from 'react';
import { useTranslations } from 'use-intl/react';
import { type Later, later, useLater } from '@/lib/client/browser/later';
import { useIsOutdated } from '@/lib/client/browser/outdated';

/** A part that is loaded later, and how to ask for it and about it. */
export type LaterPart<Props> = ComponentType<Props> & {
  begin: () => void;
  /** Whether it is loaded, so that what is rendered of it is seen. */
  useIsThere: () => boolean;
};

/**
 * A part of a page whose code the first picture does not need: it is loaded when the browser is idle, or as
 * soon as the part is shown. If that fails it says so, and tries again as long as the server has it.
 */
export function laterPart<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): LaterPart<Props> {
  const code = later(load);
  function Part(props: Props) {
    const found = useLater(code);
    if (found === 'failed') return <NotLoaded />;
    if (!found) return null;
    const Loaded = found.value;
    return <Loaded {...props} />;
  }
  const useIsThere = () => typeof useLater(code, false) === 'object';
  return Object.assign(Part, { begin: code.begin, useIsThere });
}

/** Says that code which a button needs cannot be loaded; nothing otherwise. */
export function NotLoadedNotice({ code }: { code: Later<unknown> }) {
  return useLater(code, false) === 'failed' && <NotLoaded />;
}

function NotLoaded() {
  const t = useTranslations('crash');
  const isOutdated = useIsOutdated();
  return (
    <p role="alert" className="m-3 rounded-large bg-error-soft px-3.5 py-2.5 text-error">
      {t(isOutdated ? 'gone' : 'notLoaded')}
    </p>
  );
}
