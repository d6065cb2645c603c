import type { Size } from '@/lib/core/sizes/sizes';
import type { Zoom } from '../../controls/viewer/use-zoom';
import type { ComparedPicture } from './use-compared-pictures';

const pixelsShownFrom = 3;

/** A picture laid into the box that both share, whatever its own size. */
export function ComparedImage({
  picture,
  box,
  isStretched,
  zoom: { view },
}: {
  picture: ComparedPicture;
  /** At 100 %. */
  box: Size;
  /** To the box's shape, from which rounding took it; else its own shape is kept. */
  isStretched: boolean;
  zoom: Zoom;
}) {
  if (!picture.url) return null;
  return (
    // biome-ignore lint/performance/noImgElement: a Blob of this page, nothing to optimise
    <img
      src={picture.url}
      alt={picture.alt}
      draggable={false}
      decoding="async"
      style={{
        width: box.width * view.scale,
        height: box.height * view.scale,
        translate: `${view.x}px ${view.y}px`,
        imageRendering: view.scale > pixelsShownFrom ? 'pixelated' : undefined,
      }}
      className={`checkerboard absolute top-0 left-0 max-w-none bg-[#2a2a2a] ${isStretched ? 'object-fill' : 'object-contain'}`}
    />
  );
}
