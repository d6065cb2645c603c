'use client';
import { useTranslations } from 'use-intl/react';
import { openRun } from '@/lib/client/generation-runs';
import { useRuns } from '@/lib/client/stores/use-runs';
import { useIsWide } from '../ui/use-is-wide';
import { VirtualList } from '../ui/virtual-list';
import { RecentItem } from './recent-item';
import { showRun } from './run-focus';

const itemExtent = { vertical: 72, horizontal: 84 };

/** Everything that is kept, newest first; one click puts it on the stage. */
export function RecentStrip() {
  const t = useTranslations('stage');
  const keptIds = useRuns((state) => state.keptIds);
  const removedId = useRuns((state) => state.removedId);
  const isWide = useIsWide();
  const ids = keptIds.filter((id) => id !== removedId);
  if (ids.length === 0) return null;
  const orientation = isWide ? 'vertical' : 'horizontal';
  return (
    <aside
      aria-label={t('recent')}
      className="flex min-h-0 shrink-0 border-line bg-panel wide:w-[112px] wide:flex-col wide:border-l max-wide:border-b"
    >
      <h2 className="px-2.5 pt-3 pb-1.5 text-small font-medium max-wide:sr-only">{t('recent')}</h2>
      <VirtualList
        count={ids.length}
        itemExtent={itemExtent[orientation]}
        orientation={orientation}
        label={t('recent')}
        renderItem={(index, props) => {
          const id = ids[index] ?? '';
          return (
            <button
              {...props}
              type="button"
              data-testid="recent-item"
              className="block size-full px-2.5 py-1 max-wide:px-1 max-wide:py-2"
              onClick={async () => (await openRun(id)) && showRun(id)}
            >
              <RecentItem id={id} />
            </button>
          );
        }}
      />
    </aside>
  );
}
