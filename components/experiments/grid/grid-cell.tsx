'use client';
import type { MouseEvent } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import { useBlobUrl } from '@/lib/client/pictures/picture-files';
import { loadSmallCopy } from '@/lib/client/pictures/picture-jobs';
import { smallSide } from '@/lib/client/pictures/small-copies';
import type { CellState, SeenCell } from '@/lib/core/experiments/cell-state';
import { uprightSize } from '@/lib/core/pictures/stored-picture';
import { formatBytes, formatDuration, formatMoment } from '@/lib/i18n/formats';
import { useFailureWords } from '../../controls/failure-notice';
import { PictureCanvas } from '../../controls/picture-canvas';
import { useElapsed } from '../../controls/use-elapsed';
import { IconButton } from '../../ui/button';
import { AlertIcon, CheckIcon, ChevronLeftIcon, ChevronRightIcon } from '../../ui/icons';
import { zoomedStyle } from './use-grid-look';

/** What stands in a cell of the grid. */
export function GridCell({
  seen: { state, pictures },
  isLeftOut,
  page,
  isPicked,
  why,
  startsAt,
  onPage,
  ...place
}: {
  seen: SeenCell;
  isLeftOut: boolean;
  /** Which of its pictures is shown. */
  page: number;
  isPicked: boolean;
  why: string | undefined;
  startsAt: number | undefined;
  onPage: (to: 'previous' | 'next') => void;
} & Omit<Parameters<typeof ZoomedPicture>[0], 'picture'>) {
  const at = Math.min(page, pictures.length - 1);
  const shown = pictures[at];
  const dim = isLeftOut ? 'opacity-40' : '';
  return (
    <div
      className={`relative size-full overflow-hidden rounded-large ${looks[state.kind]} ${dim} ${isPicked ? 'outline-3 -outline-offset-3 outline-accent' : ''}`}
    >
      {shown && <ZoomedPicture picture={shown.picture} {...place} />}
      {(!shown || state.kind !== 'pictures') && (
        <div
          className={
            shown
              ? 'absolute inset-x-0 bottom-0 bg-panel/85 px-2 py-1 text-center text-small'
              : 'grid size-full place-items-center p-2 text-center text-small'
          }
        >
          <StateWords state={state} why={why} startsAt={startsAt} />
        </div>
      )}
      {isPicked && (
        <span className="absolute top-1.5 left-1.5 grid size-5 place-items-center rounded-full bg-accent text-accent-text">
          <CheckIcon size={13} aria-hidden />
        </span>
      )}
      {pictures.length > 1 && <Pager number={at + 1} count={pictures.length} onPage={onPage} />}
    </div>
  );
}

function Pager({
  number,
  count,
  onPage,
}: {
  number: number;
  count: number;
  onPage: (to: 'previous' | 'next') => void;
}) {
  const t = useTranslations('experiments.grid');
  const button = (to: 'previous' | 'next') => ({
    label: t(to),
    tabIndex: -1,
    className: 'size-6!',
    onClick: (event: MouseEvent) => {
      // The cell below would open.
      event.stopPropagation();
      onPage(to);
    },
  });
  return (
    <div className="absolute top-1.5 right-1.5 flex items-center rounded-full bg-panel/85 text-small tabular-nums">
      <IconButton {...button('previous')}>
        <ChevronLeftIcon size={13} aria-hidden />
      </IconButton>
      {t('page', { number, count })}
      <IconButton {...button('next')}>
        <ChevronRightIcon size={13} aria-hidden />
      </IconButton>
    </div>
  );
}

const looks: Record<CellState['kind'], string> = {
  planned: 'border border-dashed border-line-strong text-muted',
  impossible: 'bg-sunken text-muted',
  left_out: 'border border-dashed border-line text-muted',
  queued: 'bg-sunken text-muted',
  stopped: 'bg-sunken text-muted',
  removed: 'bg-sunken text-muted',
  rate: 'bg-warn-soft text-warn',
  turn: 'bg-sunken text-muted',
  running: 'checkerboard text-muted',
  arriving: 'checkerboard text-muted',
  pictures: 'bg-place',
  links: 'bg-sunken',
  words: 'bg-sunken',
  failed: 'bg-error-soft text-error',
};

function StateWords({
  state,
  why,
  startsAt,
}: {
  state: CellState;
  why: string | undefined;
  startsAt: number | undefined;
}) {
  const t = useTranslations('experiments.state');
  const locale = useLocale();
  switch (state.kind) {
    case 'running':
      return <Running since={state.since} />;
    case 'arriving':
      return t('arriving', { size: formatBytes(state.bytes, locale) });
    case 'rate':
      return state.at === null ? t('rate') : t('rateUntil', { time: timeOfDay(state.at, locale) });
    case 'turn':
      return state.at === null
        ? t('queued')
        : t('turnAt', { time: formatMoment(state.at, locale) });
    case 'queued':
      return startsAt === undefined
        ? t('queued')
        : t('queuedUntil', { time: timeOfDay(startsAt, locale) });
    case 'failed':
      return state.trouble ? <FailedWords trouble={state.trouble} /> : t('nothing');
    case 'words':
      return (
        <span className="line-clamp-6 text-left" title={state.words}>
          {t('words', { words: state.words })}
        </span>
      );
    case 'impossible':
      return (
        <span className="line-clamp-6" title={why}>
          {why}
        </span>
      );
    case 'pictures':
      return null;
    default:
      return t(state.kind);
  }
}

function Running({ since }: { since: number | null }) {
  const t = useTranslations('experiments.state');
  const elapsed = useElapsed(since ?? 0);
  return since === null ? t('sending') : t('running', { time: formatDuration(elapsed) });
}

function FailedWords({
  trouble,
}: {
  trouble: NonNullable<Extract<CellState, { kind: 'failed' }>['trouble']>;
}) {
  const { title } = useFailureWords(trouble);
  return (
    <span className="line-clamp-6" title={trouble.message}>
      {title}
    </span>
  );
}

/** A picture as the grid looks at all of them: whole or cut, and zoomed at the same place (`zoomedStyle`). */
function ZoomedPicture({
  picture: { hash, header },
  isCropped,
  sharpness,
  left,
  top,
  distance,
}: {
  picture: SeenCell['pictures'][number]['picture'];
  /** Whether it fills its cell, cut at its longer side. */
  isCropped: boolean;
  sharpness: number;
  left: number;
  top: number;
  distance: (left: number, top: number) => number;
}) {
  const { width = 1, height = 1 } = (header && uprightSize(header)) ?? {};
  // In shares of the cell.
  const across = isCropped ? 1 : Math.min(1, width / height);
  const down = isCropped ? 1 : Math.min(1, height / width);
  const shownHeight = sharpness * (isCropped ? Math.max(1, width / height) : down);
  const pixels = Math.ceil(shownHeight * globalThis.devicePixelRatio);
  return (
    <div
      style={{
        width: `${across * 100}%`,
        height: `${down * 100}%`,
        left: `${(0.5 - across / 2) * 100}%`,
        top: `${(0.5 - down / 2) * 100}%`,
        transform: zoomedStyle,
      }}
      className={`absolute origin-top-left ${header?.hasAlpha ? 'checkerboard' : ''}`}
    >
      <SmallPicture key={hash} hash={hash} />
      {pixels > smallSide && (
        <PictureCanvas
          // While they are zoomed, all go on showing what they have.
          key={`${hash} ${isCropped}`}
          isSharp
          hash={hash}
          height={pixels / devicePixelRatio}
          distance={() => distance(left, top)}
        />
      )}
    </div>
  );
}

/**
 * The small copy of a picture, which is enough for most cells. An image and no canvas: the browser decodes it beside the
 * page's thread, and draws it together with what is around it.
 */
function SmallPicture({ hash }: { hash: string }) {
  const t = useTranslations('picture');
  const url = useBlobUrl(hash, loadSmallCopy);
  if (url === null) {
    return (
      <span
        title={t('gone')}
        className="absolute inset-0 grid place-items-center bg-place text-error"
      >
        <AlertIcon size={18} aria-hidden />
      </span>
    );
  }
  return url === undefined ? null : (
    // biome-ignore lint/performance/noImgElement: a Blob of this page, nothing to optimise
    <img
      src={url}
      alt=""
      decoding="async"
      draggable={false}
      onLoad={({ currentTarget }) => {
        currentTarget.dataset.painted = '';
      }}
      // What is half transparent is not to be seen twice.
      className="absolute inset-0 size-full object-cover has-[+canvas[data-painted]]:invisible"
    />
  );
}

/** An hour and minute by this browser's clock. */
export function timeOfDay(at: number, locale: string): string {
  return new Date(at).toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit' });
}
