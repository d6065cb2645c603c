import { useTranslations } from 'use-intl/react';
import type { SentRun } from '@/lib/client/runs/sent-run';
import { makingOfAnswer } from '@/lib/core/gallery/lineage';
import { PictureThumb } from '../picture-thumb';

/** The pictures that went along with a request. */
export function SentPictures(sent: SentRun) {
  const t = useTranslations('details');
  const { references, mask } = 'run' in sent ? sourcesOf(sent) : picturesBefore(sent);
  if (references.length === 0) return null;
  return (
    <section>
      <h3 className="mb-1.5 font-medium">{t('references')}</h3>
      <ul className="flex flex-wrap gap-1.5">
        {[...references, ...(mask ? [{ hash: mask, name: t('mask') }] : [])].map(
          ({ hash, name }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes, and a hash may occur twice
            <li key={index} title={name}>
              <PictureThumb picture={{ hash, header: undefined }} className="size-14" />
              <span className="sr-only">{name}</span>
            </li>
          ),
        )}
      </ul>
    </section>
  );
}

function sourcesOf({ run: { edit } }: Extract<SentRun, { run: unknown }>) {
  return { references: edit?.references ?? [], mask: edit?.mask?.hash };
}

function picturesBefore({ answer, path }: Extract<SentRun, { answer: unknown }>) {
  const { sources } = makingOfAnswer(answer, path);
  return { references: sources.map((hash) => ({ hash, name: '' })), mask: undefined };
}
