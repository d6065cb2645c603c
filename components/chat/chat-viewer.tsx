'use client';
import { useContext, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { chatStore, findMessage, messagesBefore } from '@/lib/client/chat/conversations-store';
import { namePicture, wordsFor } from '@/lib/client/chat/name-picture';
import { requirePicture, usePictureUrls } from '@/lib/client/pictures/picture-files';
import type { ChatMessage } from '@/lib/core/chat/message';
import { expectedPicture } from '@/lib/core/chat/settings';
import { planPictures } from '@/lib/core/chat/turn-plan';
import { PictureDetails } from '../controls/details/picture-details';
import { PictureFacts } from '../controls/picture-facts';
import Viewer from '../controls/viewer/viewer';
import { ChatAbout, EditPicture } from '../runs/continue-picture';
import { DoneAgain } from '../runs/done-again';
import { LineageStrip } from '../runs/lineage-strip';
import { buttonClasses } from '../ui/button';
import { ChatModels } from './chat-context';

const anything = { size: undefined, format: undefined, hasAlpha: undefined };

/** The full view of a conversation's pictures. */
export default function ChatViewer({
  conversation,
  pictureKey,
  onPicture,
  onClose,
}: {
  conversation: string;
  pictureKey: string;
  onPicture: (key: string) => void;
  onClose: () => void;
}) {
  const t = useTranslations('chat');
  const viewer = useTranslations('viewer');
  const models = useContext(ChatModels);
  // A snapshot: the list does not change while the viewer is open.
  const [shown] = useState(() => picturesOf(conversation));
  const urls = usePictureUrls(shown.map(({ hash }) => hash));
  const pictures = shown.map(({ key, hash, message, index, header, byteLength }, at) => {
    const found = findMessage(message);
    const fields = found?.role === 'assistant' ? found.request.fields : undefined;
    const expected = fields ? expectedPicture(fields, models) : anything;
    return {
      id: key,
      group: conversation,
      // A message without words would be shown as its name.
      position:
        shown.length === 1
          ? ''
          : viewer('position', { number: at + 1, count: shown.length, run: 1, runs: 1 }),
      prompt: wordsFor(message),
      url: urls.get(hash) ?? '',
      alt: t('pictureOf', { text: wordsFor(message).slice(0, 200) }),
      fileName: namePicture({ messageId: message, index, format: header?.format }),
      facts: <PictureFacts header={header} byteLength={byteLength} expected={expected} />,
      hasAlpha: header?.hasAlpha === true,
      width: header?.width,
      height: header?.height,
      getBlob: () => requirePicture(hash),
    };
  });
  if (urls.size === 0) return null;
  return (
    <Viewer
      pictures={pictures}
      index={Math.max(
        0,
        shown.findIndex(({ key }) => key === pictureKey),
      )}
      onIndex={(position) => onPicture(shown[position]?.key ?? pictureKey)}
      onClose={onClose}
      details={(position) => {
        const place = shown[position];
        if (!place) return null;
        const found = findMessage(place.message);
        const isAnswer = found?.role === 'assistant';
        const sent = isAnswer ? { answer: found, path: messagesBefore(found) } : undefined;
        const expected = isAnswer ? expectedPicture(found.request.fields, models) : anything;
        return (
          <PictureDetails picture={{ ...place, expected, sent }}>
            <LineageStrip hash={place.hash} onDone={onClose} />
          </PictureDetails>
        );
      }}
      actions={(position) => {
        const place = shown[position];
        if (!place?.header) return null;
        const { hash, message, index, header, byteLength } = place;
        const name = namePicture({ messageId: message, index, format: header.format });
        const found = findMessage(message);
        const further = {
          className: buttonClasses('plain'),
          picture: { hash, byteLength, header, name, parent: null },
          onDone: onClose,
        };
        return (
          <>
            <EditPicture {...further} />
            <ChatAbout {...further} />
            {found?.role === 'assistant' && (
              <DoneAgain
                sent={{ answer: found, path: messagesBefore(found) }}
                className={`${further.className} max-wide:[&>span]:sr-only`}
                onDone={onClose}
              />
            )}
          </>
        );
      }}
    />
  );
}

function picturesOf(conversation: string) {
  const { messages, paths } = chatStore.getState();
  const path = (paths[conversation] ?? [])
    .map(({ id }) => messages[id])
    .filter((message): message is ChatMessage => message !== undefined);
  return planPictures({ path, choices: {}, takesPictures: true }).flatMap(
    ({ hash, key, ...picture }) =>
      hash === null ? [] : [{ ...picture, key, hash, index: Number(key.split('/').at(-1)) }],
  );
}
