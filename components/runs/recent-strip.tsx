'use client';
import { useTranslations } from 'use-intl/react';
import { openRun } from '@/lib/client/runs/run-commands';
import { useRuns } from '@/lib/client/runs/use-runs';
import type { ImageEndpoint } from '@/lib/core/endpoints/image-request';
import { useIsWide } from '../ui/use-is-wide';
import { VirtualList } from '../ui/virtual-list';
import { RecentItem } from './recent-item';
import { showRun } from './run-focus';

const itemExtent = { vertical: 72, horizontal: 84 };

/** Everything that is kept, newest first; one click puts it on the stage. */
export function RecentStrip({
  endpoint,
  layout = 'responsive',
}: {
  endpoint: ImageEndpoint;
  /** `horizontal`: lies down on every screen, for a narrow column. */
  layout?: 'responsive' | 'horizontal';
}) {
  const t = useTranslations('stage');
  const keptIds = useRuns((state) => state.keptIds[endpoint]);
  const removedId = useRuns((state) => state.removedId);
  const openedId = useRuns((state) => state.openedId);
  const isUpright = useIsWide() && layout === 'responsive';
  const ids = keptIds.filter((id) => id !== removedId);
  // It stays while the last run can still come back, so that nothing moves meanwhile.
  if (keptIds.length === 0) return null;
  const orientation = isUpright ? 'vertical' : 'horizontal';
  const opened = ids.indexOf(openedId ?? '');
  return (
    <aside
      aria-label={t('recent')}
      className={`flex min-h-0 shrink-0 flex-col border-line bg-panel ${layout === 'responsive' ? 'wide:w-[104px] wide:border-l max-wide:h-[84px] max-wide:border-b max-wide:px-2' : 'h-[84px] border-b px-2'}`}
    >
      <h2 className={`px-3 pt-3 pb-1.5 text-small font-medium ${isUpright ? '' : 'sr-only'}`}>
        {t('recent')}
      </h2>
      <VirtualList
        count={ids.length}
        itemExtent={itemExtent[orientation]}
        orientation={orientation}
        label={t('recent')}
        selectedIndex={opened === -1 ? null : opened}
        itemKey={(index) => ids[index] ?? ''}
        testId="recent-item"
        className="min-h-0 flex-1"
        renderItem={(index) => <RecentItem id={ids[index] ?? ''} />}
        onSelect={async (index) => {
          const id = ids[index] ?? '';
          if (await openRun(id)) showRun(id);
        }}
      />
    </aside>
  );
}
