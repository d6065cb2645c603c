'use client';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { markPictures, useGallery } from '@/lib/client/gallery/gallery-store';
import { pictureMarks } from '@/lib/client/storage/marks';
import type { PictureMarks } from '@/lib/client/storage/schema';
import type { Tile } from '@/lib/core/gallery/tiles';
import { randomId } from '@/lib/core/random-id';
import { Button } from '../ui/button';
import { chipButton } from '../ui/chip';
import { CloseIcon } from '../ui/icons';
import { Sheet } from '../ui/sheet';
import { CollectionList } from './collection-list';
import { hashesOf } from './use-tile-actions';

/** The tags and collections of pictures; open as long as it is rendered. */
export function LabelSheet({ tiles, onClose }: { tiles: readonly Tile[]; onClose: () => void }) {
  const t = useTranslations('gallery.labels');
  const shell = useTranslations('shell');
  const sheet = useRef<HTMLDialogElement>(null);
  const { marks, collections } = useGallery((state) => state);
  const [hasFailed, setFailed] = useState(false);
  useEffect(() => {
    sheet.current?.showModal();
    sheet.current?.querySelector('input')?.focus();
  }, []);

  const hashes = hashesOf(tiles);
  const tags = sorted(hashes.flatMap((hash) => marks.get(hash)?.tags ?? []));
  const known = sorted([...marks.values()].flatMap((mark) => mark.tags));
  const change = (apply: (its: PictureMarks) => Partial<PictureMarks>) =>
    markPictures(hashes, (its) => ({ ...its, ...apply(its) })).then(
      () => setFailed(false),
      () => setFailed(true),
    );
  const add = (event: FormEvent<HTMLFormElement>, take: (name: string) => void) => {
    event.preventDefault();
    const field = event.currentTarget.elements.namedItem('name');
    const name = field instanceof HTMLInputElement ? field.value.trim() : '';
    if (name === '') return;
    take(name);
    event.currentTarget.reset();
  };
  const makeCollection = async (name: string) => {
    const same = collections.find((one) => one.name === name);
    const id = same?.id ?? randomId();
    if (!same) await pictureMarks.putCollection({ id, name, createdAt: Date.now() });
    await change((its) => ({ collections: [...new Set([...its.collections, id])] }));
  };

  return (
    <Sheet ref={sheet} title={t('title')} closeLabel={shell('close')} onClose={onClose}>
      <p className="mb-3 text-small text-muted">{t('about', { count: hashes.length })}</p>
      <h3 className="mb-1.5 text-small font-medium">{t('tags')}</h3>
      <ul className="mb-2 flex flex-wrap gap-1.5 empty:hidden">
        {tags.map((tag) => (
          <li key={tag}>
            <button
              type="button"
              aria-label={t('removeTag', { tag })}
              className={chipButton}
              onClick={() => change((its) => ({ tags: its.tags.filter((one) => one !== tag) }))}
            >
              {tag}
              <CloseIcon size={12} aria-hidden />
            </button>
          </li>
        ))}
      </ul>
      <form
        className="flex gap-2"
        onSubmit={(event) =>
          add(event, (tag) => void change((its) => ({ tags: sorted([...its.tags, tag]) })))
        }
      >
        <NameField label={t('newTag')} suggestions={known} />
        <Button type="submit">{t('add')}</Button>
      </form>
      <h3 className="mt-4 mb-1.5 text-small font-medium">{t('collections')}</h3>
      <CollectionList
        isIn={(id) => hashes.every((hash) => marks.get(hash)?.collections.includes(id))}
        onPut={(id, isChecked) =>
          void change((its) => {
            const others = its.collections.filter((one) => one !== id);
            return { collections: isChecked ? [...others, id] : others };
          })
        }
        onFailed={() => setFailed(true)}
      />
      <form
        className="flex gap-2"
        onSubmit={(event) =>
          add(event, (name) => void makeCollection(name).catch(() => setFailed(true)))
        }
      >
        <NameField label={t('newCollection')} />
        <Button type="submit">{t('add')}</Button>
      </form>
      {hasFailed && (
        <p role="alert" className="mt-3 text-error">
          {t('failed')}
        </p>
      )}
    </Sheet>
  );
}

function NameField({
  label,
  suggestions = [],
}: {
  label: string;
  suggestions?: readonly string[];
}) {
  return (
    <>
      <input
        name="name"
        aria-label={label}
        placeholder={label}
        maxLength={80}
        autoComplete="off"
        list={suggestions.length > 0 ? 'known-names' : undefined}
        className="min-w-0 flex-1 rounded-small border border-line-strong bg-raised px-2.5 py-1.5 touch:text-[16px]"
      />
      {suggestions.length > 0 && (
        <datalist id="known-names">
          {suggestions.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
      )}
    </>
  );
}

function sorted(names: readonly string[]): string[] {
  return [...new Set(names)].sort((one, other) => one.localeCompare(other));
}
