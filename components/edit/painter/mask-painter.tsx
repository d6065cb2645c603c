'use client';
import { useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl/react';
import { useIsOutdated } from '@/lib/client/browser/outdated';
import { openMaskStage } from '@/lib/client/canvas/mask-stage';
import { type MaskSession, useMaskSession } from '@/lib/client/edit/mask-session';
import { useFileUrl } from '@/lib/client/pictures/picture-files';
import type { PanZoomAction } from '@/lib/core/pictures/pan-zoom';
import { formatSizeForPeople } from '@/lib/i18n/formats';
import { IconButton } from '../../ui/button';
import { MinusIcon, PlusIcon } from '../../ui/icons';
import { useShortcuts } from '../../ui/keyboard';
import { painterKey } from './painter-key';
import { PainterToolbar } from './painter-toolbar';

/** A picture, and its mask to paint on it. Fills its parent, which must have a height. */
export function MaskPainter({ session }: { session: MaskSession }) {
  usePainterKeys(session);
  return (
    <div className="@container flex min-h-0 w-full flex-1 flex-col short:flex-row">
      <PainterProblem session={session} />
      <PainterToolbar session={session} />
      <PainterStage key={session.id} session={session} />
      <ZoomBar session={session} />
    </div>
  );
}

/** Why nothing can be painted, if so. */
function PainterProblem({ session }: { session: MaskSession }) {
  const t = useTranslations('painter');
  const problem = useMaskSession(session, (state) => state.problem);
  const crash = useTranslations('crash');
  const isOutdated = useIsOutdated();
  const { width, height } = session.size;
  if (!problem) return null;
  return (
    <p
      role="alert"
      data-testid="problem"
      className="m-2 rounded-small bg-error-soft p-2 text-center text-error"
    >
      {problem === 'memory'
        ? t('noMemory', { size: formatSizeForPeople(`${width}x${height}`) })
        : isOutdated
          ? crash('gone')
          : t('notLoaded')}
    </p>
  );
}

/** The picture under the mask, and all that pointers do there. */
function PainterStage({ session }: { session: MaskSession }) {
  const t = useTranslations('painter');
  const stage = useRef<HTMLDivElement>(null);
  const surface = useRef<HTMLDivElement>(null);
  const overlay = useRef<HTMLDivElement>(null);
  const outline = useRef<SVGPathElement>(null);
  const cursor = useRef<HTMLDivElement>(null);
  const url = useFileUrl(session.picture);

  useEffect(() => {
    if (!stage.current || !surface.current || !overlay.current) return;
    if (!outline.current || !cursor.current) return;
    return openMaskStage(session, {
      stage: stage.current,
      surface: surface.current,
      overlay: overlay.current,
      outline: outline.current,
      cursor: cursor.current,
    });
  }, [session]);

  return (
    <div
      ref={stage}
      className="relative min-h-0 flex-1 cursor-crosshair touch-none overflow-hidden select-none [contain:strict]"
    >
      <div
        ref={surface}
        data-testid="mask-surface"
        className="checkerboard absolute top-0 left-0 origin-top-left overflow-hidden"
      >
        {url && (
          // biome-ignore lint/performance/noImgElement: a Blob of this page, nothing to optimise
          <img
            src={url}
            alt={t('picture')}
            draggable={false}
            decoding="async"
            className="pointer-events-none absolute inset-0 size-full max-w-none [image-rendering:inherit]"
          />
        )}
        <div ref={overlay} className="pointer-events-none absolute top-0 left-0 origin-top-left" />
        <svg
          aria-hidden="true"
          className="pointer-events-none absolute inset-0 size-full overflow-visible"
        >
          <path
            ref={outline}
            fill="rgb(255 255 255 / 0.2)"
            stroke="white"
            strokeWidth="1.5"
            strokeDasharray="5 4"
            vectorEffect="non-scaling-stroke"
            className="origin-top-left drop-shadow-[0_0_1px_black]"
          />
        </svg>
      </div>
      <div
        ref={cursor}
        className="pointer-events-none absolute top-0 left-0 hidden rounded-full border border-white outline-1 outline-black/70 will-change-transform [contain:strict]"
      />
    </div>
  );
}

/** Below the picture: how large it is shown, and how to change that. */
function ZoomBar({ session }: { session: MaskSession }) {
  const t = useTranslations('painter');
  const viewer = useTranslations('viewer');
  const scale = useMaskSession(session, (state) => state.scale);
  const change = (action: PanZoomAction) => session.stage()?.change(action);
  const words = 'h-8 rounded-small px-1.5 text-small text-muted hover:bg-sunken hover:text-text';
  return (
    <div className="flex shrink-0 items-center justify-center gap-1 p-1.5 text-small text-muted short:flex-col">
      <IconButton
        label={viewer('zoomOut')}
        onClick={() => change({ type: 'step', direction: 'out' })}
      >
        <MinusIcon size={15} aria-hidden />
      </IconButton>
      <span className="min-w-12 text-center">{viewer('percent', { scale })}</span>
      <IconButton
        label={viewer('zoomIn')}
        onClick={() => change({ type: 'step', direction: 'in' })}
      >
        <PlusIcon size={15} aria-hidden />
      </IconButton>
      <button
        type="button"
        title={t('fitHint')}
        className={words}
        onClick={() => change({ type: 'whole' })}
      >
        {t('fit')}
      </button>
      <button
        type="button"
        title={t('realHint')}
        className={words}
        onClick={() => change({ type: 'scale', scale: 1 })}
      >
        {t('real')}
      </button>
      <span className="px-1.5 font-mono short:hidden">
        {formatSizeForPeople(`${session.size.width}x${session.size.height}`)}
      </span>
    </div>
  );
}

const pressable = 'a, button, summary, input, select';

/** The keys of the painter, as long as it is on the page. */
function usePainterKeys(session: MaskSession): void {
  const isHeld = useRef(false);
  const wasTabbed = useRef(false);
  useShortcuts((event) => {
    const action = painterKey(event);
    const stage = session.stage();
    if (!action || !stage) return false;
    if (action.type === 'painter') session.dispatch(action.event);
    else if (action.type === 'view') stage.change(action.action);
    else if (wasTabbed.current && isPressable(event.target)) return false;
    else {
      isHeld.current = true;
      stage.setMoving(true);
    }
    return true;
  });
  useEffect(() => {
    const listening = new AbortController();
    const { signal } = listening;
    // The space bar presses what was reached by keys. What was clicked has the focus only by the way.
    document.addEventListener(
      'keydown',
      ({ key }) => {
        if (key === 'Tab') wasTabbed.current = true;
      },
      { signal },
    );
    document.addEventListener(
      'pointerdown',
      () => {
        wasTabbed.current = false;
      },
      { signal, capture: true },
    );
    document.addEventListener(
      'keyup',
      (event) => {
        if (event.key !== ' ' || !isHeld.current) return;
        isHeld.current = false;
        event.preventDefault();
        session.stage()?.setMoving(false);
      },
      { signal },
    );
    return () => listening.abort();
  }, [session]);
}

function isPressable(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches(pressable);
}
