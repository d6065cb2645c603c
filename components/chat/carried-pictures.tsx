'use client';
import { useId, useState } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import type { MessageDraft } from '@/lib/client/chat/composer-store';
import { choosePicture } from '@/lib/client/chat/open-conversation';
import type { Conversation } from '@/lib/core/chat/conversation';
import type { PlannedPicture, TurnPlan } from '@/lib/core/chat/turn-plan';
import { seenSize } from '@/lib/core/pictures/stored-picture';
import { formatBytes, formatSizeForPeople } from '@/lib/i18n/formats';
import { PictureThumb } from '../controls/picture-thumb';
import { ChevronRightIcon } from '../ui/icons';
import { useTurnPlan } from './use-turn-plan';

/** From this size in bytes on, a request without pictures also shows its size. */
const worthSaying = 100_000;

/** One line on what the next request carries; expanded, each picture can be included or left out. */
export function CarriedPictures(turn: {
  conversation: Conversation;
  draft: MessageDraft;
  isAnswering: boolean;
}) {
  const plan = useTurnPlan(turn);
  return plan && <CarriedByPlan conversation={turn.conversation.id} plan={plan} />;
}

function CarriedByPlan({ conversation, plan }: { conversation: string; plan: TurnPlan }) {
  const t = useTranslations('chat.carried');
  const locale = useLocale();
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const { sent, leftOut, bytes, picturesAs, takesPictures } = plan;
  // The draft's own pictures are already shown above its text.
  const earlier = plan.pictures.filter(({ message }) => message !== '');
  if (plan.pictures.length === 0 && bytes < worthSaying) return null;
  const isOwn =
    picturesAs === 'user' && earlier.some(({ role, isSent }) => isSent && role !== 'user');
  const files = plan.pictures.reduce((sum, one) => sum + (one.isSent ? one.byteLength : 0), 0);
  const words = [
    t('sent', {
      count: sent,
      files: files > 0 ? formatBytes(files, locale) : 'none',
      request: formatBytes(bytes, locale),
    }),
    isOwn && t('asOwn'),
    leftOut > 0 && t('leftOut', { count: leftOut }),
    !takesPictures && t('noneTaken'),
  ].filter(Boolean);
  if (earlier.length === 0) {
    return <p className="px-1.5 text-muted text-small">{words.join(' · ')}</p>;
  }
  return (
    <div className="text-small">
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={id}
        className="inline-flex max-w-full items-center gap-1 rounded-small px-1.5 py-0.5 text-left text-muted transition-colors hover:text-text"
        onClick={() => setOpen(!isOpen)}
      >
        <ChevronRightIcon
          size={13}
          aria-hidden
          className={`shrink-0 transition-transform ${isOpen ? 'rotate-90' : ''}`}
        />
        {words.join(' · ')}
      </button>
      <div id={id} hidden={!isOpen} className="px-1.5 pt-1.5 pb-1">
        <p className="mb-1.5 text-muted">{t(takesPictures ? 'hint' : 'noneTaken')}</p>
        <ul className="relative flex max-h-44 flex-wrap gap-2 overflow-y-auto p-0.5">
          {earlier.map((picture, index) => (
            <li key={picture.key}>
              <CarriedPicture
                conversation={conversation}
                picture={picture}
                number={index + 1}
                isTaken={takesPictures}
              />
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

function CarriedPicture({
  conversation,
  picture: { key, hash, header, byteLength, isSent, isUsual, role },
  number,
  isTaken,
}: {
  conversation: string;
  picture: PlannedPicture;
  number: number;
  /** Whether the model takes pictures at all. */
  isTaken: boolean;
}) {
  const t = useTranslations('chat.carried');
  const locale = useLocale();
  const facts = [
    t(role === 'user' ? 'yours' : 'answers', { number }),
    header && formatSizeForPeople(seenSize(header) ?? ''),
    hash !== null && formatBytes(byteLength, locale),
  ]
    .filter(Boolean)
    .join(' · ');
  return (
    <label
      title={facts}
      className="relative block cursor-pointer rounded-small outline-offset-2 has-focus-visible:outline-2 has-focus-visible:outline-accent"
    >
      <input
        type="checkbox"
        aria-label={facts}
        checked={isSent}
        disabled={!isTaken}
        onChange={({ target }) =>
          choosePicture(conversation, key, target.checked === isUsual ? null : target.checked)
        }
        className="absolute top-1 left-1 z-10 size-4 accent-accent"
      />
      {hash === null ? (
        <span className="grid h-14 w-14 place-items-center rounded-small bg-place text-muted text-small">
          {t('address')}
        </span>
      ) : (
        <PictureThumb
          picture={{ hash, header }}
          className={`h-14 w-auto min-w-9 max-w-28 rounded-small transition-opacity ${isSent ? '' : 'opacity-35 grayscale'}`}
        />
      )}
    </label>
  );
}
