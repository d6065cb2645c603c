'use client';
import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { useGallery } from '@/lib/client/gallery/gallery-store';
import { pictureMarks } from '@/lib/client/storage/marks';
import type { Collection } from '@/lib/client/storage/schema';
import { Button, IconButton } from '../ui/button';
import { CheckBox } from '../ui/check-box';
import { PencilIcon, TrashIcon } from '../ui/icons';

/** All collections: whether pictures are in them, their names, and how to delete one. */
export function CollectionList({
  isIn,
  onPut,
  onFailed,
}: {
  isIn: (id: string) => boolean;
  /** Told to put the pictures into a collection, or to take them out. */
  onPut: (id: string, isIn: boolean) => void;
  /** Something could not be stored. */
  onFailed: () => void;
}) {
  const t = useTranslations('gallery.labels');
  const done = useTranslations('gallery.done');
  const collections = useGallery((state) => state.collections);
  const [renamedId, setRenamedId] = useState<string>();
  const [deleted, setDeleted] = useState<{ collection: Collection; hashes: string[] }>();
  const attempt = (action: () => Promise<void>) => void action().catch(onFailed);
  const remove = (collection: Collection) =>
    attempt(async () => {
      const hashes = await pictureMarks.deleteCollection(collection.id);
      setDeleted({ collection, hashes });
    });
  const bringBack = ({ collection, hashes }: NonNullable<typeof deleted>) =>
    attempt(async () => {
      setDeleted(undefined);
      await pictureMarks.putCollection(collection);
      await pictureMarks.changeMarks(hashes, (its) => ({
        ...its,
        collections: [...new Set([...its.collections, collection.id])],
      }));
    });
  return (
    <>
      <ul className="mb-2 grid gap-1 empty:hidden">
        {collections.map((collection) => {
          const { id, name } = collection;
          if (id === renamedId) {
            return (
              <li key={id}>
                <NewName
                  collection={collection}
                  onSave={(next) => {
                    setRenamedId(undefined);
                    attempt(() => pictureMarks.putCollection({ ...collection, name: next }));
                  }}
                />
              </li>
            );
          }
          return (
            <li key={id} className="flex items-center">
              <CheckBox
                className="mr-auto min-w-0 items-center break-words"
                isChecked={isIn(id)}
                onChange={(isChecked) => onPut(id, isChecked)}
              >
                {name}
              </CheckBox>
              <IconButton label={t('rename', { name })} onClick={() => setRenamedId(id)}>
                <PencilIcon size={15} aria-hidden />
              </IconButton>
              <IconButton label={t('delete', { name })} onClick={() => remove(collection)}>
                <TrashIcon size={15} aria-hidden />
              </IconButton>
            </li>
          );
        })}
      </ul>
      <div role="status" className="empty:hidden">
        {deleted && (
          <p className="mb-2 flex items-center gap-3 text-muted">
            {t('deleted', { name: deleted.collection.name })}
            <Button look="link" onClick={() => bringBack(deleted)}>
              {done('undo')}
            </Button>
          </p>
        )}
      </div>
    </>
  );
}

function NewName({
  collection: { name },
  onSave,
}: {
  collection: Collection;
  onSave: (name: string) => void;
}) {
  const t = useTranslations('gallery.labels');
  const [typed, setTyped] = useState(name);
  return (
    <form
      className="flex gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        onSave(typed.trim() || name);
      }}
    >
      <input
        aria-label={t('newName', { name })}
        // biome-ignore lint/a11y/noAutofocus: somebody has just asked to write here
        autoFocus
        maxLength={80}
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
        className="min-w-0 flex-1 rounded-small border border-line-strong bg-raised px-2.5 py-1.5 touch:text-[16px]"
      />
      <Button type="submit">{t('save')}</Button>
    </form>
  );
}
