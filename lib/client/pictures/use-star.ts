import { useEffect, useState } from 'react';
import { hearCards } from '../browser/tabs';
import { storageProblem } from '../storage/database';
import { pictureMarks } from '../storage/marks';
import { reportStorageProblem } from '../storage/storage-status';

/** Whether a picture has its star, as the gallery has it in any tab, and what gives or takes it. */
export function useStar(hash: string): { isStarred: boolean; toggle: () => void } {
  const [starred, setStarred] = useState<string | null>(null);
  const isStarred = starred === hash;
  useEffect(() => {
    let isShown = true;
    const read = async () => {
      const [marks] = await pictureMarks.marksOf([hash]);
      if (isShown) setStarred(marks?.isStarred ? hash : null);
    };
    // Where it cannot be read, it is shown without.
    const readQuietly = () => void read().catch(() => {});
    readQuietly();
    const stop = hearCards(({ marks }) => marks.includes(hash) && readQuietly());
    return () => {
      isShown = false;
      stop();
    };
  }, [hash]);
  const toggle = () => {
    setStarred(isStarred ? null : hash);
    pictureMarks
      .changeMarks([hash], (marks) => ({ ...marks, isStarred: !isStarred }))
      .catch((error) => {
        setStarred(isStarred ? hash : null);
        reportStorageProblem(storageProblem(error));
      });
  };
  return { isStarred, toggle };
}
