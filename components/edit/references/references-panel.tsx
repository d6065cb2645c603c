'use client';
import { useId } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import { addFiles } from '@/lib/client/references/edit-intake';
import { useEditReferences } from '@/lib/client/stores/use-edit-references';
import { loadThumbnail } from '@/lib/client/thumbnails';
import { useBlobUrl } from '@/lib/client/use-picture-url';
import type { IntakeLimits } from '@/lib/core/references/intake';
import type { Reference } from '@/lib/core/references/reference';
import { formatBytes } from '@/lib/i18n/format-bytes';
import { usePictureDrop } from '../../controls/picture-drop';
import { FieldHead } from '../../ui/field';
import { PlusIcon } from '../../ui/icons';

/** The reference pictures: numbered, taken in by drop, paste and pick, put in order. */
export function ReferencesPanel({
  limits,
  hasMask: _hasMask,
}: {
  limits: IntakeLimits;
  /** Whether anything is painted on the mask of that id. */
  hasMask: (maskId: string) => boolean;
}) {
  const t = useTranslations('references');
  const locale = useLocale();
  const id = useId();
  const references = useEditReferences((state) => state.references);
  const drop = usePictureDrop({ onFiles: (files) => addFiles(files, limits) });
  const bytes = references.reduce((sum, { byteLength }) => sum + byteLength, 0);
  return (
    <section aria-labelledby={id}>
      <FieldHead
        id={id}
        label={t('title')}
        aside={
          <span className="font-mono">
            {t('count', { count: references.length, max: limits.max })}
            {bytes > 0 && ` · ${formatBytes(bytes, locale)}`}
          </span>
        }
      />
      <ul className="grid grid-cols-4 gap-2">
        {references.map((reference, index) => (
          <li key={reference.id}>
            <Thumbnail reference={reference} alt={t('alt', { number: index + 1 })} />
          </li>
        ))}
        <li>
          <button
            type="button"
            aria-label={t('add')}
            className="grid aspect-square w-full place-items-center rounded-small border border-line-strong border-dashed"
            onClick={drop.open}
          >
            <PlusIcon size={16} aria-hidden />
          </button>
        </li>
      </ul>
      <input {...drop.inputProps} data-testid="ref-input" aria-label={t('add')} />
    </section>
  );
}

function Thumbnail({ reference, alt }: { reference: Reference; alt: string }) {
  const url = useBlobUrl(reference.hash, loadThumbnail);
  return (
    <span
      data-testid="ref-thumb"
      className="relative block aspect-square overflow-hidden rounded-small bg-place"
    >
      {url && (
        // biome-ignore lint/performance/noImgElement: a Blob of this page, nothing to optimise
        <img src={url} alt={alt} className="absolute inset-0 size-full object-cover" />
      )}
    </span>
  );
}
