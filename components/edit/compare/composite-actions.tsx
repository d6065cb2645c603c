import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import type { CompositeState } from '@/lib/client/composite/composites';
import type { KeptPicture } from '@/lib/client/pictures/dragged-picture';
import { keepPicture } from '@/lib/client/pictures/picture-jobs';
import type { Inexactness } from '@/lib/core/mask/composite';
import { compositeFileName } from '@/lib/core/pictures/file-name';
import type { RunEntry } from '@/lib/core/runs/run-entry';
import { momentOf } from '@/lib/core/runs/run-state';
import { formatSize, type Size } from '@/lib/core/sizes/sizes';
import { formatSizeForPeople } from '@/lib/i18n/formats';
import { CopyPictureButton, DownloadLink } from '../../controls/save-picture';
import { Button, buttonClasses } from '../../ui/button';
import { BrushIcon, MaskIcon } from '../../ui/icons';

/** What can be done with a composite, and how exact it is. */
export function CompositeActions({
  run,
  index,
  size,
  composite,
  inexactness,
  onUse,
}: {
  run: RunEntry;
  index: number;
  /** Of the original, and so of the composite. */
  size: Size | undefined;
  composite: CompositeState;
  inexactness: readonly Inexactness[] | undefined;
  /** Takes the composite as the next reference, with the mask that it was made with or without. */
  onUse: (picture: KeptPicture, how: { keepsMask: boolean }) => void;
}) {
  const t = useTranslations('compare');
  const edit = useTranslations('edit');
  const [isRefused, setRefused] = useState(false);
  const shown = 'shown' in composite ? composite.shown : undefined;
  if (!shown) return <p className="text-muted">{t('composing')}</p>;
  const { blob, header, url } = shown;
  // With another feather it is another file: until that is there, the buttons only keep their place.
  const isReady = composite.state === 'ready';
  const name = compositeFileName({ prompt: run.request.prompt, at: momentOf(run), index });
  const use = async (keepsMask: boolean) => {
    try {
      const hash = await keepPicture(blob, 'derived');
      setRefused(false);
      const parent = { runId: run.id, index };
      onUse({ hash, name, byteLength: blob.size, header, parent }, { keepsMask });
    } catch {
      setRefused(true);
    }
  };
  const words = { size: size ? formatSizeForPeople(formatSize(size)) : '' };
  const reasons = inexactness?.map((reason) => t(`inexactness.${reason}`)).join(' ');
  const exactness = (why: string) =>
    why === '' ? t('exact', words) : t('inexact', { ...words, reasons: why });
  return (
    <>
      <div
        inert={!isReady}
        data-testid="composite-actions"
        className="flex flex-wrap gap-1.5 inert:opacity-50 @max-[240px]:[&_span]:sr-only"
      >
        <DownloadLink href={url} fileName={name} className={buttonClasses('plain')} />
        <CopyPictureButton
          className={buttonClasses('plain')}
          getBlob={async () => blob}
          download={{ href: url, fileName: name }}
        />
        <Button title={t('useCompositeHint')} onClick={() => void use(false)}>
          <BrushIcon size={14} aria-hidden />
          <span>{t('useComposite')}</span>
        </Button>
        <Button title={edit('useWithMaskHint')} onClick={() => void use(true)}>
          <MaskIcon size={14} aria-hidden />
          <span>{edit('useWithMask')}</span>
        </Button>
      </div>
      {isRefused && (
        <p role="alert" className="text-error">
          {t('notUsed')}
        </p>
      )}
      {reasons !== undefined && (
        <p className="text-muted">{isReady ? exactness(reasons) : t('composing')}</p>
      )}
    </>
  );
}
