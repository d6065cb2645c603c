'use client';
import { memo, type ReactNode, useContext } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import { later, useLater } from '@/lib/client/browser/later';
import { namePicture, wordsFor } from '@/lib/client/chat/name-picture';
import { requirePicture, useBlobUrl, usePictureUrl } from '@/lib/client/pictures/picture-files';
import { loadPreview } from '@/lib/client/pictures/picture-jobs';
import { largeBytes } from '@/lib/client/pictures/small-copies';
import { type AnswerPart, type AnswerPicture, isDraft, pictureKey } from '@/lib/core/chat/message';
import { expectedPicture } from '@/lib/core/chat/settings';
import type { TurnFields } from '@/lib/core/endpoints/chat/chat-request';
import { type PictureExpectation, uprightSize } from '@/lib/core/pictures/stored-picture';
import { aspectOf } from '@/lib/core/sizes/size-shapes';
import { formatBytes } from '@/lib/i18n/formats';
import { PictureCard } from '../controls/picture-card';
import { LinkedPicture, SlotPlace } from '../runs/picture-slots';
import { AlertIcon } from '../ui/icons';
import { ChatModels, OpenPicture } from './chat-context';
import { PictureFrame } from './picture-frame';
import { PictureTools } from './picture-tools';
import { PlainText } from './plain-text';

/** One part of an answer. Memoised: complete parts do not render again while others stream. */
export const AnswerPartView = memo(function AnswerPartView({
  answerId,
  index,
  part,
  fields,
}: {
  answerId: string;
  index: number;
  part: AnswerPart;
  fields: TurnFields;
}) {
  const t = useTranslations('chat');
  const locale = useLocale();
  const models = useContext(ChatModels);
  const expected = expectedPicture(fields, models);
  const aspect = aspectOf(expected.size ?? '');
  switch (part.kind) {
    case 'text':
      return isDraft(part) ? (
        <Draft>
          <AnswerText text={part.text} />
        </Draft>
      ) : (
        <AnswerText text={part.text} />
      );
    case 'arriving':
      return (
        <PictureFrame aspect={aspect}>
          <SlotPlace aspect={aspect} look="checkerboard text-muted text-small">
            <span className="rounded-full bg-panel/80 px-2.5 py-1">
              {t('arriving', { bytes: formatBytes(part.bytes, locale) })}
            </span>
          </SlotPlace>
        </PictureFrame>
      );
    case 'picture': {
      const picture = (
        <AnswerPictureView answerId={answerId} index={index} picture={part} expected={expected} />
      );
      return isDraft(part) ? <Draft>{picture}</Draft> : picture;
    }
    case 'link':
      return (
        <PictureFrame aspect={aspect}>
          <LinkedPicture url={part.url} aspect={aspect} />
        </PictureFrame>
      );
    case 'unusable':
      return <UnusableNote part={part} />;
    case 'other':
      return (
        <p className="text-muted text-small">
          {t('otherBlock', { type: nameOf(part.block.type).slice(0, 60) })}
        </p>
      );
  }
});

/** What the model made on its way to the answer, told apart from the answer. */
function Draft({ children }: { children: ReactNode }) {
  const t = useTranslations('chat');
  return (
    <figure data-testid="draft" className="min-w-0 border-line border-l-2 pl-3 text-muted">
      <figcaption className="mb-1 text-small">{t('draft')}</figcaption>
      {children}
    </figure>
  );
}

// A gateway may send any JSON type here.
function nameOf(type: unknown): string {
  return typeof type === 'string' && type !== '' ? type : '–';
}

// Lazy, so that the Markdown parser is in no page's first load.
const markdown = later(async () => (await import('./markdown')).default);

/** The text of an answer. */
const AnswerText = memo(function AnswerText({ text }: { text: string }) {
  const found = useLater(markdown);
  if (text.trim() === '') return null;
  return (
    <div dir="auto" className="min-w-0 max-w-[760px] break-words text-[14px] leading-[1.6]">
      {typeof found === 'object' ? <found.value text={text} /> : <PlainText text={text} />}
    </div>
  );
});

// A decoded 4K picture takes 60 MB, so long conversations show smaller copies.
const largePixels = 4_000_000;
const loadNothing = async () => undefined;

function AnswerPictureView({
  answerId,
  index,
  picture,
  expected,
}: {
  answerId: string;
  index: number;
  picture: AnswerPicture;
  expected: PictureExpectation;
}) {
  const t = useTranslations('chat');
  const words = useTranslations('picture');
  const openPicture = useContext(OpenPicture);
  const { hash, byteLength, header, isTransparent } = picture;
  const size = header && uprightSize(header);
  const isLarge = byteLength > largeBytes || (size?.width ?? 0) * (size?.height ?? 0) > largePixels;
  const url = usePictureUrl(hash);
  const previewUrl = useBlobUrl(hash, isLarge ? loadPreview : loadNothing);
  const aspect = size ? size.width / size.height : aspectOf(expected.size ?? '');
  if (!url || (isLarge && !previewUrl)) {
    return (
      <PictureFrame aspect={aspect}>
        <SlotPlace aspect={aspect} look="text-muted">
          {url === null && words('gone')}
        </SlotPlace>
      </PictureFrame>
    );
  }
  const fileName = namePicture({ messageId: answerId, index, format: header?.format });
  const kept = header && { hash, byteLength, header, name: fileName };
  return (
    <PictureFrame aspect={aspect}>
      <PictureCard
        url={url}
        shownUrl={previewUrl ?? url}
        byteLength={byteLength}
        header={header}
        expected={expected}
        isTransparent={isTransparent}
        alt={t('pictureOf', { text: wordsFor(answerId).slice(0, 200) })}
        fileName={fileName}
        getBlob={() => requirePicture(hash)}
        dragged={kept && { ...kept, parent: null }}
        more={(look) => kept && <PictureTools className={look} picture={kept} />}
        onOpen={() => openPicture(pictureKey(answerId, index))}
      />
    </PictureFrame>
  );
}

/** A picture that cannot be shown, and why. */
function UnusableNote({
  part: { reason, mediaType },
}: {
  part: Extract<AnswerPart, { kind: 'unusable' }>;
}) {
  const t = useTranslations('chat.unusable');
  return (
    <p
      data-testid="problem"
      className="flex w-fit max-w-full gap-2 rounded-large border border-error/30 bg-error-soft px-3.5 py-2.5"
    >
      <AlertIcon size={16} aria-hidden className="mt-px shrink-0 text-error" />
      <span className="min-w-0 break-words">
        {t(`reason.${reason}`)}
        {mediaType !== null && (
          <span className="text-muted"> {t('claims', { type: mediaType.slice(0, 80) })}</span>
        )}
      </span>
    </p>
  );
}
