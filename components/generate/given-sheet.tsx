'use client';
import { useRouter } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { openPage, useIsUnreachable } from '@/lib/client/api/open-page';
import type { KeptPicture } from '@/lib/client/pictures/dragged-picture';
import { useFileUrl } from '@/lib/client/pictures/picture-files';
import { modelsFor } from '@/lib/core/models/lookup';
import type { Model } from '@/lib/core/models/model';
import { PictureThumb } from '../controls/picture-thumb';
import { BrushIcon, ContinueIcon } from '../ui/icons';
import { OpenSheet } from '../ui/sheet';

/** Files, a picture of the playground, or what cannot be taken. */
export type Given = File[] | KeptPicture | 'addressOnly';

/** Asks where pictures are to go that were given to a page that sends none. */
export function GivenSheet({
  given,
  models,
  onClose,
}: {
  given: Given;
  models: readonly Model[];
  onClose: () => void;
}) {
  const t = useTranslations('given');
  const references = useTranslations('references');
  const shell = useTranslations('shell');
  const router = useRouter();
  const isUnreachable = useIsUnreachable();
  const takesPictures = (endpoint: 'edits' | 'chat') =>
    modelsFor(models, endpoint).some((model) => model.references);

  // Lazy, to keep the other pages' code out of the first load of this one.
  const edit = async (pictures: File[] | KeptPicture) => {
    const [{ sendFilesToEdit }, { addFromPicture }] = await Promise.all([
      import('@/lib/client/edit/edit-intake'),
      import('@/lib/client/edit/edit-references'),
    ]);
    if (Array.isArray(pictures)) await sendFilesToEdit(pictures, models);
    else addFromPicture(pictures, { at: 0 });
    router.push('/edit');
  };
  const ask = async (pictures: File[] | KeptPicture) => {
    const [{ sendFilesToChat }, { startConversationWith }] = await Promise.all([
      import('@/lib/client/chat/chat-intake'),
      import('@/lib/client/chat/open-conversation'),
    ]);
    if (Array.isArray(pictures)) sendFilesToChat(pictures, models);
    else {
      const { parent: _parent, ...file } = pictures;
      startConversationWith(file);
    }
    router.push('/chat');
  };
  const pictures = given === 'addressOnly' ? undefined : given;
  const count = Array.isArray(pictures) ? pictures.length : 1;
  return (
    <OpenSheet
      title={pictures ? t('title', { count }) : t('none')}
      closeLabel={shell('close')}
      onClose={onClose}
    >
      {given === 'addressOnly' && <p className="text-muted">{references('addressOnly')}</p>}
      {pictures && (
        <>
          {isUnreachable && (
            <p role="alert" className="mb-3 text-warn">
              {shell('unreachable')}
            </p>
          )}
          <ul className="mb-3 flex flex-wrap gap-2">
            {Array.isArray(pictures) ? (
              pictures.slice(0, 5).map((file) => <FileThumb key={keyOf(file)} file={file} />)
            ) : (
              <li>
                <PictureThumb picture={pictures} className="h-20 rounded-small" />
              </li>
            )}
          </ul>
          {takesPictures('edits') && (
            <Choice
              title={t('edit')}
              text={t('editHint')}
              onChoose={() => void openPage(() => edit(pictures))}
              icon={<BrushIcon size={18} aria-hidden />}
            />
          )}
          {takesPictures('chat') && (
            <Choice
              title={t('ask')}
              text={t('askHint')}
              onChoose={() => void openPage(() => ask(pictures))}
              icon={<ContinueIcon size={18} aria-hidden />}
            />
          )}
        </>
      )}
    </OpenSheet>
  );
}

function Choice({
  icon,
  title,
  text,
  onChoose,
}: {
  icon: ReactNode;
  title: string;
  text: string;
  onChoose: () => void;
}) {
  return (
    <button
      type="button"
      className="mt-2 flex w-full items-center gap-3 rounded-large border border-line-strong px-3.5 py-2.5 text-left transition-colors hover:border-accent"
      onClick={onChoose}
    >
      {icon}
      <span>
        <strong className="block font-medium">{title}</strong>
        <span className="text-small text-muted">{text}</span>
      </span>
    </button>
  );
}

const keyOf = ({ name, size, lastModified }: File) => [name, size, lastModified].join('/');

/** A file that is not stored yet; nothing where the browser cannot show it. */
function FileThumb({ file }: { file: File }) {
  const url = useFileUrl(file);
  const [isBroken, setBroken] = useState(false);
  return (
    <li className="max-w-full truncate text-small text-muted">
      {url && !isBroken ? (
        // biome-ignore lint/performance/noImgElement: a Blob of this page, nothing to optimise
        <img
          src={url}
          alt={file.name}
          onError={() => setBroken(true)}
          className="h-20 w-auto max-w-40 rounded-small bg-place object-cover"
        />
      ) : (
        file.name
      )}
    </li>
  );
}
