'use client';
import { useTranslations } from 'use-intl/react';
import { addFromPicture, useEditReferences } from '@/lib/client/edit/edit-references';
import { useFirstMask } from '@/lib/client/edit/first-mask';
import { useBlobUrl } from '@/lib/client/pictures/picture-files';
import { loadThumbnail } from '@/lib/client/pictures/picture-jobs';
import { useRuns } from '@/lib/client/runs/runs-store';
import { picturesOf, type RunEntry } from '@/lib/core/runs/run-entry';
import { sentAs } from '@/lib/core/runs/sent-pictures';
import { laterPart } from '../controls/later-part';
import { PartBoundary } from '../controls/part-boundary';
import { Button } from '../ui/button';
import { PlusIcon } from '../ui/icons';
import { StageNotes } from './stage-notes';

const MaskPainter = laterPart(async () => (await import('./painter/mask-painter')).MaskPainter);

/** The first reference with the mask that is painted on it, or the ways to add a first one. */
export function EditStage({ onChoose }: { onChoose: () => void }) {
  const t = useTranslations('edit');
  const picture = useTranslations('picture');
  const isEmpty = useEditReferences((state) => state.references.length === 0);
  const session = useFirstMask((state) => state.session);
  const isGone = useFirstMask((state) => state.isGone);
  return (
    <section
      aria-label={t('stage')}
      className="relative flex min-w-0 flex-col bg-sunken max-wide:order-first max-wide:h-[calc(66dvh-var(--bar))] max-columns:h-[calc(100dvh-var(--bar)-96px)] max-columns:shrink-0 columns:flex-1 short:max-wide:h-[calc(100dvh-var(--bar)-60px)]! short:wide:max-columns:h-[calc(100dvh-var(--bar)-24px)]!"
    >
      <StageNotes />
      {isEmpty && <StartPicture onChoose={onChoose} />}
      {session && <MaskPainter key={session.id} session={session} />}
      {isGone && (
        <p role="alert" data-testid="problem" className="p-6 text-center text-muted">
          {picture('gone')}
        </p>
      )}
    </section>
  );
}

const mostOffered = 8;

/** Ways to add a first picture: from a file, or one that was made here. */
function StartPicture({ onChoose }: { onChoose: () => void }) {
  const t = useTranslations('edit');
  const runs = useRuns((state) => state.runs);
  const offered = runs
    .flatMap((run) => picturesOf(run).map((place) => ({ run, ...place })))
    .slice(0, mostOffered);
  return (
    <div className="relative grid min-h-0 flex-1 place-items-center overflow-y-auto p-6">
      <div className="w-full max-w-[560px] text-center">
        <div className="rounded-large border-2 border-line-strong border-dashed px-6 py-12">
          <h2 className="text-huge font-semibold tracking-tight">{t('start.title')}</h2>
          <p className="mt-1 text-muted">{t('start.text')}</p>
          <Button className="mt-5" onClick={onChoose}>
            <PlusIcon size={15} aria-hidden />
            {t('start.choose')}
          </Button>
        </div>
        {offered.length > 0 && (
          <>
            <h3 className="mt-6 mb-2 text-small font-medium text-muted">{t('start.recent')}</h3>
            <ul className="flex flex-wrap justify-center gap-2">
              {offered.map(({ run, index, picture }) => (
                <li key={`${run.id}/${index}`}>
                  <PartBoundary of={run.id} fallback={null}>
                    <OfferedPicture
                      run={run}
                      hash={picture.hash}
                      onUse={() => {
                        const sent = sentAs({ run, index, picture });
                        if (sent) addFromPicture(sent);
                      }}
                    />
                  </PartBoundary>
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </div>
  );
}

function OfferedPicture({ run, hash, onUse }: { run: RunEntry; hash: string; onUse: () => void }) {
  const t = useTranslations('edit');
  const url = useBlobUrl(hash, loadThumbnail);
  const label = t('start.use', { prompt: run.request.prompt.slice(0, 80) });
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className="block size-16 overflow-hidden rounded-small bg-place transition-opacity hover:opacity-80"
      onClick={onUse}
    >
      {url && (
        // biome-ignore lint/performance/noImgElement: a Blob of this page, nothing to optimise
        <img src={url} alt="" className="size-full object-cover" />
      )}
    </button>
  );
}
