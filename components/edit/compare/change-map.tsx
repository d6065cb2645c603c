import { useEffect, useRef } from 'react';
import { mapSquare, type OutsideChange } from '@/lib/core/mask/outside-change';
import type { Size } from '@/lib/core/sizes/sizes';
import type { PanZoom } from '../../controls/viewer/use-pan-zoom';

const markColour = [255, 45, 111];

/** Marks where an edit changed something outside its mask: the more of a square, the stronger. */
export function ChangeMap({
  change: { map, size },
  box,
  zoom: { view },
}: {
  change: Pick<OutsideChange, 'map' | 'size'>;
  box: Size;
  zoom: PanZoom;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const data = new ImageData(map.columns, map.rows);
    map.changed.forEach((share, index) => {
      // What changed only a little must be seen as well.
      const alpha = share === 0 ? 0 : 90 + share * 0.45;
      data.data.set([...markColour, alpha], index * 4);
    });
    canvas.current?.getContext('2d')?.putImageData(data, 0, 0);
  }, [map]);
  // The last squares of a row may reach beyond the picture.
  const across = (map.columns * mapSquare) / size.width;
  const down = (map.rows * mapSquare) / size.height;
  return (
    <canvas
      ref={canvas}
      data-testid="change-map"
      width={map.columns}
      height={map.rows}
      style={{
        width: box.width * view.scale * across,
        height: box.height * view.scale * down,
        translate: `${view.x}px ${view.y}px`,
        imageRendering: 'pixelated',
      }}
      className="pointer-events-none absolute top-0 left-0 max-w-none"
    />
  );
}
