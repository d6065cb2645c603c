'use client';
import type { PathStep } from '@/lib/core/chat/conversation';
import { MessageView } from './message-view';

/** The messages of a path, from the first to the newest. */
export function MessageRows({ path }: { path: readonly PathStep[] }) {
  return (
    <ol className="flex flex-col">
      {path.map(({ id, siblings }, index) => {
        const place = siblings.indexOf(id);
        return (
          <MessageView
            // Keyed by the parent, so that switching branches keeps the element and its focus.
            key={path[index - 1]?.id ?? ''}
            id={id}
            place={place}
            count={siblings.length}
            before={siblings[place - 1]}
            after={siblings[place + 1]}
            isLast={index === path.length - 1}
          />
        );
      })}
    </ol>
  );
}
