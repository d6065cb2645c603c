import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';
import { withoutFilter } from '@/lib/core/gallery/filters';
import {
  type GalleryAddress,
  readGalleryAddress,
  startAddress,
  type WallPlace,
  writeGalleryAddress,
} from '@/lib/core/gallery/gallery-address';

/** What of the address is seen at once; the place is only written down. */
export type GalleryView = Omit<GalleryAddress, 'place'>;

const { place: _place, ...startView } = startAddress;

const writeAfterMs = 250;

/**
 * The gallery's state as it stands behind `#`: read when the page opens, then written there as it
 * changes. The entry of the browser's history is replaced, so Back leads out of the gallery.
 */
export function useGalleryAddress() {
  const [view, setView] = useState<GalleryView>(startView);
  const [opened, setOpened] = useState<{ place: WallPlace | null }>();
  const place = useRef<WallPlace | null>(null);
  const written = useRef('');

  const read = useEffectEvent(() => {
    const { place: its, ...next } = readGalleryAddress(location.hash);
    setView(next);
    place.current = its;
    written.current = viewText(next);
    setOpened({ place: its });
  });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const seen = useRef(view);
  seen.current = view;
  const write = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = undefined;
    writeDown(seen.current, place.current);
  }, []);
  // The router looks at each change of the address, which must not hold up what is typed or scrolled.
  const writeSoon = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = setTimeout(write, writeAfterMs);
  }, [write]);
  const onHash = useEffectEvent(() => {
    const { place: _its, ...next } = readGalleryAddress(location.hash);
    // Back from a dialog leads to an entry with an older place; the place that is seen holds.
    if (viewText(next) === viewText(view)) write();
    else read();
  });
  useEffect(() => {
    read();
    const listen = () => onHash();
    // A click may lead to another page.
    const flush = () => {
      if (timer.current !== undefined) write();
    };
    window.addEventListener('hashchange', listen);
    document.addEventListener('click', flush, { capture: true });
    window.addEventListener('pagehide', flush);
    return () => {
      clearTimeout(timer.current);
      window.removeEventListener('hashchange', listen);
      document.removeEventListener('click', flush, { capture: true });
      window.removeEventListener('pagehide', flush);
    };
  }, [write]);
  useEffect(() => {
    if (!opened || viewText(view) === written.current) return;
    const isTyped = withoutWords(view) === withoutWords(readGalleryAddress(`#${written.current}`));
    written.current = viewText(view);
    if (isTyped) writeSoon();
    else write();
  }, [view, opened, write, writeSoon]);

  return {
    view,
    /** The place that the address named when the page was opened; undefined until it was read. */
    opened,
    change: (change: Partial<GalleryView>) => setView((before) => ({ ...before, ...change })),
    keepPlace: (next: WallPlace | null) => {
      place.current = next;
      writeSoon();
    },
  };
}

const viewText = (view: GalleryView) => writeGalleryAddress({ ...view, place: null });

const withoutWords = (view: GalleryView) =>
  viewText({ ...view, search: withoutFilter(view.search, 'words') });

function writeDown(view: GalleryView, place: WallPlace | null): void {
  const hash = writeGalleryAddress({ ...view, place });
  const { pathname, search } = location;
  if (location.hash.replace(/^#/, '') === hash) return;
  history.replaceState(history.state, '', `${pathname}${search}${hash && `#${hash}`}`);
}
