'use client';
import type { MaskSession } from '@/lib/client/edit/mask-session';
import { PainterProblem } from './painter-problem';
import { PainterStage } from './painter-stage';
import { PainterToolbar } from './painter-toolbar';
import { usePainterKeys } from './use-painter-keys';
import { ZoomBar } from './zoom-bar';

/** A picture, and its mask to paint on it. Fills its parent, which must have a height. */
export function MaskPainter({ session }: { session: MaskSession }) {
  usePainterKeys(session);
  return (
    <div className="@container flex size-full min-h-0 flex-col">
      <PainterProblem session={session} />
      <PainterToolbar session={session} />
      <PainterStage key={session.id} session={session} />
      <ZoomBar session={session} />
    </div>
  );
}
