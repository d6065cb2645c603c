'use client';
import { memo, useContext } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import { expectedPicture } from '@/lib/core/chat/expected-picture';
import type { AnswerPart } from '@/lib/core/chat/message';
import type { TurnFields } from '@/lib/core/endpoints/chat/request';
import { aspectOf } from '@/lib/core/sizes/size-shapes';
import { formatBytes } from '@/lib/i18n/format-bytes';
import { LinkedPicture } from '../runs/linked-picture';
import { AnswerPictureView } from './answer-picture';
import { AnswerText } from './answer-text';
import { ChatModels } from './chat-models';
import { pictureWidth } from './picture-width';
import { UnusableNote } from './unusable-note';

/** One part of an answer. What has come whole is not looked at again while others come. */
export const AnswerPartView = memo(function AnswerPartView({
  answerId,
  index,
  part,
  fields,
  isLive,
}: {
  answerId: string;
  index: number;
  part: AnswerPart;
  fields: TurnFields;
  /** More of it may still come. */
  isLive: boolean;
}) {
  const t = useTranslations('chat');
  const locale = useLocale();
  const models = useContext(ChatModels);
  const expected = expectedPicture(fields, models);
  const aspect = aspectOf(expected.size ?? '');
  switch (part.kind) {
    case 'text':
      return <AnswerText text={part.text} isLive={isLive} />;
    case 'arriving':
      return (
        <div
          data-testid="place"
          style={{ aspectRatio: aspect, width: pictureWidth(aspect) }}
          className="checkerboard grid max-w-full animate-appear place-items-center rounded-large bg-place text-center text-muted text-small"
        >
          <span className="rounded-full bg-panel/80 px-2.5 py-1 font-mono tabular-nums">
            {t('arriving', { bytes: formatBytes(part.bytes, locale) })}
          </span>
        </div>
      );
    case 'picture':
      return (
        <AnswerPictureView answerId={answerId} index={index} picture={part} expected={expected} />
      );
    case 'link':
      return (
        <div style={{ width: pictureWidth(aspect) }} className="max-w-full">
          <LinkedPicture url={part.url} aspect={aspect} />
        </div>
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

// What a gateway sends may be of any type.
function nameOf(type: unknown): string {
  return typeof type === 'string' && type !== '' ? type : '–';
}
