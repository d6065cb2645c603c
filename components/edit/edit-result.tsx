'use client';
import { createContext, type ReactNode, useContext, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { useComposite } from '@/lib/client/composite/composites';
import { editFirst } from '@/lib/client/edit/edit-from-run';
import { editForm } from '@/lib/client/forms/image-forms';
import type { KeptPicture } from '@/lib/client/pictures/dragged-picture';
import { formModel, matchingSize } from '@/lib/core/endpoints/image-form';
import type { Model } from '@/lib/core/models/model';
import { compositeFileName } from '@/lib/core/pictures/file-name';
import type { RunEntry } from '@/lib/core/runs/run-entry';
import { momentOf } from '@/lib/core/runs/run-state';
import { editedPicture } from '@/lib/core/runs/sent-pictures';
import type { Size } from '@/lib/core/sizes/sizes';
import { laterPart } from '../controls/later-part';
import { usePrompt } from '../controls/prompt-scope';
import type { PictureInstead, RunPictureProps } from '../runs/run-actions';
import { showForm } from '../runs/run-focus';
import { Button } from '../ui/button';
import { CompareIcon } from '../ui/icons';
import { KeepOutside } from './compare/keep-outside';

/** The page's models, for components far below the studio. */
export const EditModelsContext = createContext<readonly Model[]>([]);

const { endpoint } = editForm;

const CompareView = laterPart(async () => (await import('./compare/compare-view')).default);

/**
 * Below a picture that an edit made: the comparison with its original and, where there was a mask,
 * what changed outside of it and how to keep the original there.
 */
export function EditResult({ run, index }: RunPictureProps) {
  const t = useTranslations('compare');
  const models = useContext(EditModelsContext);
  const prompt = usePrompt();
  const [compared, setCompared] = useState<number | null>(null);
  const edited = editedPicture(run, index);
  if (!edited) return null;
  const tools = {
    onUse(picture: KeptPicture, { keepsMask }: { keepsMask: boolean }) {
      editFirst(picture, { mask: (keepsMask && run.edit?.mask?.hash) || null });
    },
    onMatchInputSize(original: Size) {
      const model = formModel({ form: editForm.store.getState().form, models, endpoint });
      const size = model && matchingSize(model, original);
      if (size) editForm.changeSize(model, size);
      showForm(prompt.current);
    },
  };
  return (
    <div data-testid="edit-tools" className="mt-1.5 flex flex-wrap items-start gap-x-3 gap-y-1.5">
      <div className="min-w-40 flex-1">
        {edited.mask !== null && <KeepOutside run={run} index={index} {...tools} />}
      </div>
      <Button title={t('openHint')} onClick={() => setCompared(index)}>
        <CompareIcon size={14} aria-hidden />
        {t('open')}
      </Button>
      {compared !== null && (
        <CompareView
          run={run}
          index={compared}
          onIndex={setCompared}
          onClose={() => setCompared(null)}
          {...tools}
        />
      )}
    </div>
  );
}

/** Passes on the composite of a picture, once it is ready and while it is switched on. */
export function ShownComposite({
  run,
  index,
  children,
}: {
  run: RunEntry;
  index: number;
  children: (instead: PictureInstead | undefined) => ReactNode;
}) {
  const composite = useComposite(run, index);
  const shown = 'shown' in composite && composite.shown;
  if (!shown) return children(undefined);
  const { blob, url, previewUrl: shownUrl, header } = shown;
  const { prompt } = run.request;
  const fileName = compositeFileName({ prompt, at: momentOf(run), index });
  return children({ blob, url, shownUrl, header, fileName });
}
