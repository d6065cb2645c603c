import { useEffect, useLayoutEffect, useRef, useState } from 'react';

const nearPixels = 48;

/**
 * Keeps a growing scroll area at its end until the reader scrolls up.
 * @param key identifies the content; a new key scrolls to the end, an empty one to the beginning
 */
export function useFollowNewest(key: string) {
  const scroller = useRef<HTMLElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const isFollowing = useRef(true);
  const lastTop = useRef(0);
  const [isAway, setAway] = useState(false);

  const toEnd = () => {
    const element = scroller.current;
    isFollowing.current = true;
    setAway(false);
    element?.scrollTo({ top: element.scrollHeight });
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new key scrolls to the end
  useLayoutEffect(() => {
    if (key !== '') return toEnd();
    isFollowing.current = false;
    scroller.current?.scrollTo({ top: 0 });
  }, [key]);

  useEffect(() => {
    const element = scroller.current;
    if (!element || !content.current) return;
    const stay = () => {
      if (isFollowing.current) element.scrollTo({ top: element.scrollHeight });
    };
    const observer = new ResizeObserver(stay);
    observer.observe(content.current);
    // The area also shrinks when the composer below it grows.
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const look = () => {
    const element = scroller.current;
    if (!element) return;
    const { scrollTop } = element;
    const isUp = scrollTop < lastTop.current;
    lastTop.current = scrollTop;
    const left = element.scrollHeight - element.clientHeight - scrollTop;
    // A larger distance to the end may come from new content and not from the reader.
    if (isFollowing.current && !isUp) return;
    isFollowing.current = left < nearPixels;
    setAway(left >= nearPixels);
  };
  return { scroller, content, isAway, toEnd, onScroll: look };
}
