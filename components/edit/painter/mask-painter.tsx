'use client';
import type { MaskSession } from '@/lib/client/stores/mask-session';
import { PainterStage } from './painter-stage';
import { PainterToolbar } from './painter-toolbar';
import { ZoomBar } from './zoom-bar';

/** A picture, and its mask to paint on it. Fills its parent, which must have a height. */
export function MaskPainter({ session }: { session: MaskSession }) {
  return (
    <div className="flex size-full min-h-0 flex-col">
      <PainterToolbar session={session} />
      <PainterStage key={session.id} session={session} />
      <ZoomBar session={session} />
    </div>
  );
}
