'use client';
import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { useBlobUrl } from '@/lib/client/pictures/picture-files';
import { loadThumbnail } from '@/lib/client/pictures/picture-jobs';
import { chainLength, openRun } from '@/lib/client/runs/run-commands';
import type { EditSources } from '@/lib/core/runs/run-entry';
import { Button } from '../ui/button';
import { Chip } from '../ui/chip';
import { showRun } from './run-focus';

/** The inputs of an edit: references, mask, and the edits before it. */
export function RunSources({ edit }: { edit: EditSources }) {
  const t = useTranslations('edit');
  const { references, mask, parent } = edit;
  const before = parent?.runId;
  const chain = useChain(before);
  return (
    <>
      <ul aria-label={t('sources')} className="contents">
        {references.map(({ hash, name }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes, and a hash may occur twice
          <li key={index}>
            <Source hash={hash} name={name} />
          </li>
        ))}
      </ul>
      {mask && <Chip>{t('maskShare', { share: mask.share })}</Chip>}
      {before !== undefined && chain > 1 && (
        <Button
          look="quiet"
          title={t('chainStep')}
          className="text-small"
          onClick={async () => {
            if (await openRun(before)) showRun(before);
          }}
        >
          {t('chain', { count: chain })}
        </Button>
      )}
    </>
  );
}

function Source({ hash, name }: { hash: string; name: string }) {
  const url = useBlobUrl(hash, loadThumbnail);
  return (
    <span title={name} className="block size-7 overflow-hidden rounded-[4px] bg-place">
      {url && (
        // biome-ignore lint/performance/noImgElement: a Blob of this page, nothing to optimise
        <img src={url} alt={name} className="size-full object-cover" />
      )}
    </span>
  );
}

/** The number of edits that led to this one. */
function useChain(before: string | undefined): number {
  const [length, setLength] = useState(1);
  useEffect(() => {
    let isShown = true;
    void chainLength(before).then((found) => isShown && setLength(found));
    return () => {
      isShown = false;
    };
  }, [before]);
  return length;
}
