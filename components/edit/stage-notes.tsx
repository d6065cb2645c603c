'use client';
import { useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import {
  forgetSentFirst,
  removeReference,
  undoRemoval,
  useEditReferences,
} from '@/lib/client/edit/edit-references';
import { hasMask } from '@/lib/client/edit/first-mask-store';
import { Button } from '../ui/button';
import { UndoIcon } from '../ui/icons';
import { Note } from './references/reference-notes';

/** Why another picture is on the stage than before, if it was not chosen in the list; with undo. */
export function StageNotes() {
  const t = useTranslations('references');
  const place = useRef<HTMLDivElement>(null);
  const references = useEditReferences((state) => state.references);
  const sentFirst = useEditReferences((state) => state.sentFirst);
  const last = useEditReferences((state) => state.removed.at(-1));
  const [closed, setClosed] = useState<typeof last>();
  const replaced = last?.isByResult && last !== closed ? last : undefined;
  const [first, second] = references;
  // Where pages are narrow, the button that has done it stands below the stage.
  useEffect(() => {
    if (replaced) place.current?.scrollIntoView({ block: 'nearest' });
  }, [replaced]);
  return (
    <div ref={place} role="status" className="scroll-mt-[calc(var(--bar)+8px)] px-2 empty:px-0">
      {second && first?.id === sentFirst && (
        <Note look="raised" onClose={forgetSentFirst}>
          <Line text={t('sentFirst')} onUndo={() => removeReference(first.id)} />
        </Note>
      )}
      {replaced && (
        <Note look="raised" onClose={() => setClosed(replaced)}>
          <Line
            text={[
              t('replaced', { name: replaced.reference.name || t('unnamed') }),
              ...(hasMask(replaced.reference.maskId) && !replaced.isMaskTaken
                ? [t('mask.replaced')]
                : []),
            ].join(' · ')}
            onUndo={undoRemoval}
          />
        </Note>
      )}
    </div>
  );
}

function Line({ text, onUndo }: { text: string; onUndo: () => void }) {
  const t = useTranslations('references');
  return (
    <span className="flex flex-wrap items-center gap-x-2">
      <span className="min-w-0 flex-1 basis-40">{text}</span>
      <Button look="link" onClick={onUndo}>
        <UndoIcon size={13} aria-hidden />
        {t('undo')}
      </Button>
    </span>
  );
}
