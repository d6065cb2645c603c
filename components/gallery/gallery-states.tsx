'use client';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { useFilling } from '@/lib/client/gallery/gallery-store';
import { type FilterKind, filterKinds, type Search } from '@/lib/core/gallery/filters';
import { Button, buttonClasses } from '../ui/button';
import { useFilterWords } from './filter-words';

/** Nothing was made yet. */
export function EmptyGallery() {
  const t = useTranslations('gallery');
  return (
    <State title={t('empty.title')} text={t('empty.text')}>
      <Link href="/" className={buttonClasses('primary')}>
        {t('empty.generate')}
      </Link>
    </State>
  );
}

/** Nothing was removed. */
export function EmptyTrash() {
  const t = useTranslations('gallery.trash');
  return <State title={t('none')} text={t('noneText')} />;
}

/** What is kept is being read, or made ready to be found. */
export function ReadingGallery() {
  const t = useTranslations('gallery');
  return <p className="p-6 text-muted">{t('reading')}</p>;
}

/** What was made before there was a gallery is being taken in; it shows how far that is. */
export function FillingNotice() {
  const t = useTranslations('gallery');
  const progress = useFilling();
  return (
    <div role="status" className="empty:hidden">
      {progress && (
        <p className="border-b border-line bg-sunken px-4 py-1.5 text-small text-muted max-wide:px-2">
          {t('filling', progress)}
        </p>
      )}
    </div>
  );
}

/** The filters leave everything out: each is named, and goes by a click. */
export function NothingFound({
  search,
  onClear,
}: {
  search: Search;
  onClear: (kind: FilterKind | 'words' | 'all') => void;
}) {
  const t = useTranslations('gallery');
  const words = useFilterWords();
  const kinds = filterKinds.filter((kind) => search[kind]);
  return (
    <State title={t('nothing.title')} text={t('nothing.text')}>
      {search.words && (
        <Button onClick={() => onClear('words')}>
          {t('nothing.without', { filter: `“${search.words}”` })}
        </Button>
      )}
      {kinds.map((kind) => (
        <Button key={kind} onClick={() => onClear(kind)}>
          {t('nothing.without', { filter: words.value(kind, search[kind] ?? '') })}
        </Button>
      ))}
      {kinds.length + (search.words ? 1 : 0) > 1 && (
        <Button look="quiet" onClick={() => onClear('all')}>
          {t('nothing.clear')}
        </Button>
      )}
    </State>
  );
}

function State({ title, text, children }: { title: string; text: string; children?: ReactNode }) {
  return (
    <div className="grid flex-1 place-items-center p-6">
      <div className="max-w-md text-center">
        <h2 className="text-huge font-semibold tracking-tight">{title}</h2>
        <p className="mt-1 text-muted">{text}</p>
        <div className="mt-5 flex flex-wrap justify-center gap-2 empty:hidden">{children}</div>
      </div>
    </div>
  );
}
