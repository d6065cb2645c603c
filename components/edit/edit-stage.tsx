'use client';
import { useEffect } from 'react';
import { useTranslations } from 'use-intl/react';
import { useLater } from '@/lib/client/browser/later';
import { useEditReferences } from '@/lib/client/edit/edit-references';
import { useFirstMask } from '@/lib/client/edit/first-mask-store';
import { useRuns } from '@/lib/client/runs/runs-store';
import { laterPart, NotLoadedNotice } from '../controls/later-part';
import { Button } from '../ui/button';
import { PlusIcon } from '../ui/icons';
import { maskCode } from './mask-code';

const StageNotes = laterPart(async () => (await import('./stage-notes')).StageNotes);
const OfferedPictures = laterPart(async () => (await import('./offered-pictures')).OfferedPictures);
const MaskPainter = laterPart(async () => (await import('./painter/mask-painter')).MaskPainter);

/** The first reference with the mask that is painted on it, or the ways to add a first one. */
export function EditStage({ onChoose }: { onChoose: () => void }) {
  const t = useTranslations('edit');
  const picture = useTranslations('picture');
  const isEmpty = useEditReferences((state) => state.references.length === 0);
  const session = useFirstMask((state) => state.session);
  const isGone = useFirstMask((state) => state.isGone);
  const areNotesThere = StageNotes.useIsThere();
  const found = useLater(maskCode, !isEmpty);
  useEffect(() => {
    if (typeof found === 'object') return found.value.followFirstReference();
  }, [found]);
  return (
    <section
      aria-label={t('stage')}
      className="relative flex min-w-0 flex-col bg-sunken max-wide:order-first max-wide:h-[calc(66dvh-var(--bar))] max-columns:h-[calc(100dvh-var(--bar)-96px)] max-columns:shrink-0 columns:flex-1 short:max-wide:h-[calc(100dvh-var(--bar)-60px)]! short:wide:max-columns:h-[calc(100dvh-var(--bar)-24px)]!"
    >
      {(areNotesThere || !isEmpty) && <StageNotes />}
      {!isEmpty && <NotLoadedNotice code={maskCode} />}
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

/** Ways to add a first picture: from a file, or one that was made here. */
function StartPicture({ onChoose }: { onChoose: () => void }) {
  const t = useTranslations('edit');
  const hasRuns = useRuns((state) => state.runs.length > 0);
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
        {hasRuns && <OfferedPictures />}
      </div>
    </div>
  );
}
