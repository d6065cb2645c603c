'use client';
import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import type { Snippet } from '@/lib/client/storage/schema';
import { snippets as kept } from '@/lib/client/storage/snippets';
import { randomId } from '@/lib/core/random-id';
import { Button, IconButton } from '../../ui/button';
import { PencilIcon, PlusIcon, StarIcon, TrashIcon } from '../../ui/icons';

/** All snippets: to write, star, edit and remove. A removed one can be brought back. */
export function SnippetList() {
  const t = useTranslations('snippets');
  const [all, setAll] = useState<readonly Snippet[]>();
  const [editedId, setEditedId] = useState<string>();
  const [removed, setRemoved] = useState<Snippet>();
  const [isRefused, setRefused] = useState(false);
  const [changes, setChanges] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: read again after each change
  useEffect(() => {
    kept.snippets().then(setAll, () => {
      setAll([]);
      setRefused(true);
    });
  }, [changes]);
  const change = async (action: Promise<void>) => {
    setRefused(
      await action.then(
        () => false,
        () => true,
      ),
    );
    setChanges((count) => count + 1);
  };
  const save = (snippet: Snippet, text: string) => {
    setEditedId(undefined);
    if (text.trim() === '' || text === snippet.text) return;
    void change(kept.putSnippet({ ...snippet, text, changedAt: Date.now() }));
  };
  const fresh = { id: 'new', text: '', isStarred: false, changedAt: 0 };
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <p className="text-muted text-small">{t('hint')}</p>
      {isRefused && (
        <p role="alert" className="text-error text-small">
          {t('refused')}
        </p>
      )}
      {all?.length === 0 && editedId === undefined && <p>{t('none')}</p>}
      <ul className="grid gap-1.5 empty:hidden">
        {all?.map((snippet) => (
          <li key={snippet.id} className="flex items-start gap-1">
            <IconButton
              label={t('star')}
              aria-pressed={snippet.isStarred}
              onClick={() =>
                void change(kept.putSnippet({ ...snippet, isStarred: !snippet.isStarred }))
              }
            >
              <StarIcon
                size={15}
                aria-hidden
                className={snippet.isStarred ? 'fill-current text-warn' : ''}
              />
            </IconButton>
            {editedId === snippet.id ? (
              <SnippetEditor
                text={snippet.text}
                onSave={(text) => save(snippet, text)}
                onCancel={() => setEditedId(undefined)}
              />
            ) : (
              <>
                <p dir="auto" className="line-clamp-4 min-w-0 flex-1 py-1.5 break-words">
                  {snippet.text}
                </p>
                <IconButton label={t('edit')} onClick={() => setEditedId(snippet.id)}>
                  <PencilIcon size={15} aria-hidden />
                </IconButton>
                <IconButton
                  label={t('remove')}
                  onClick={() => {
                    setRemoved(snippet);
                    void change(kept.removeSnippet(snippet.id));
                  }}
                >
                  <TrashIcon size={15} aria-hidden />
                </IconButton>
              </>
            )}
          </li>
        ))}
      </ul>
      {removed && (
        <p role="status" className="flex items-center gap-3 text-muted">
          {t('removed')}
          <Button
            look="link"
            onClick={() => {
              setRemoved(undefined);
              void change(kept.putSnippet(removed));
            }}
          >
            {t('undo')}
          </Button>
        </p>
      )}
      {editedId === fresh.id ? (
        <SnippetEditor
          text=""
          onSave={(text) => save({ ...fresh, id: randomId() }, text)}
          onCancel={() => setEditedId(undefined)}
        />
      ) : (
        <div>
          <Button onClick={() => setEditedId(fresh.id)}>
            <PlusIcon size={14} aria-hidden />
            {t('add')}
          </Button>
        </div>
      )}
    </div>
  );
}

function SnippetEditor({
  text,
  onSave,
  onCancel,
}: {
  text: string;
  onSave: (text: string) => void;
  onCancel: () => void;
}) {
  const t = useTranslations('snippets');
  const [typed, setTyped] = useState(text);
  return (
    <div className="min-w-0 flex-1">
      <textarea
        dir="auto"
        aria-label={t('text')}
        // biome-ignore lint/a11y/noAutofocus: somebody has just asked to write here
        autoFocus
        rows={3}
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
        className="field-sizing-content block max-h-[40dvh] w-full resize-none rounded-small border border-line-strong bg-raised px-2 py-1.5 max-wide:text-[16px]"
      />
      <div className="mt-1.5 flex justify-end gap-1.5">
        <Button look="quiet" onClick={onCancel}>
          {t('cancel')}
        </Button>
        <Button onClick={() => onSave(typed)}>{t('saveText')}</Button>
      </div>
    </div>
  );
}
