'use client';
import { type ReactNode, useEffect, useEffectEvent, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { useGallery } from '@/lib/client/gallery/gallery-store';
import type { Collection } from '@/lib/client/storage/schema';
import { BrushIcon, ContinueIcon, ImagesIcon, PlusIcon } from '../ui/icons';

/** Where dragged pictures can be dropped: on a collection, or among the pictures of Edit or Chat. */
export function DropTray({
  count,
  onCollect,
  onNewCollection,
  onPage,
  onEnd,
}: {
  /** How many pictures are dragged. */
  count: number;
  onCollect: (collection: Collection) => void;
  onNewCollection: () => void;
  onPage: (page: 'edit' | 'chat') => void;
  /** The drag is over. */
  onEnd: () => void;
}) {
  const t = useTranslations('gallery.drop');
  const collections = useGallery((state) => state.collections);
  const end = useEffectEvent(onEnd);
  useEffect(() => {
    // A tile that was scrolled away tells nothing, but the pointer moves again after a drag only.
    const names = ['dragend', 'drop', 'pointermove'] as const;
    const listen = () => end();
    for (const name of names) window.addEventListener(name, listen);
    return () => {
      for (const name of names) window.removeEventListener(name, listen);
    };
  }, []);
  return (
    <section
      aria-label={t('label', { count })}
      className="absolute inset-x-3 bottom-3 z-20 mx-auto w-fit max-w-[calc(100%-24px)] rounded-large border border-line bg-panel p-3 shadow-floating"
    >
      <p className="mb-2 text-small text-muted">{t('label', { count })}</p>
      <ul className="flex max-h-40 flex-wrap gap-1.5 overflow-y-auto">
        <Target icon={<BrushIcon size={14} aria-hidden />} onDrop={() => onPage('edit')}>
          {t('edit')}
        </Target>
        <Target icon={<ContinueIcon size={14} aria-hidden />} onDrop={() => onPage('chat')}>
          {t('chat')}
        </Target>
        {collections.map((collection) => (
          <Target
            key={collection.id}
            icon={<ImagesIcon size={14} aria-hidden />}
            onDrop={() => onCollect(collection)}
          >
            {collection.name}
          </Target>
        ))}
        <Target icon={<PlusIcon size={14} aria-hidden />} onDrop={onNewCollection}>
          {t('newCollection')}
        </Target>
      </ul>
    </section>
  );
}

function Target({
  icon,
  onDrop,
  children,
}: {
  icon: ReactNode;
  onDrop: () => void;
  children: ReactNode;
}) {
  const [isOver, setOver] = useState(false);
  return (
    <li
      onDragOver={(event) => {
        event.preventDefault();
        event.dataTransfer.dropEffect = 'copy';
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        onDrop();
      }}
      className={`inline-flex max-w-60 items-center gap-1.5 rounded-small border border-dashed px-3 py-2.5 ${isOver ? 'border-accent bg-accent text-accent-text' : 'border-line-strong bg-raised'}`}
    >
      {icon}
      <span className="truncate">{children}</span>
    </li>
  );
}
