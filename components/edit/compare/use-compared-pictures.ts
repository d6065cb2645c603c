import { useTranslations } from 'use-intl/react';
import { useComposite } from '@/lib/client/composite/composites';
import { usePictureUrl } from '@/lib/client/pictures/picture-files';
import { uprightSize } from '@/lib/core/pictures/stored-picture';
import type { RunEntry } from '@/lib/core/runs/run-entry';
import type { EditedPicture } from '@/lib/core/runs/sent-pictures';
import type { ComparedPicture } from '../../controls/compare/compare-pane';

/** An edit's original, and its result or, where it is switched on and there, the composite. */
export function useComparedPictures(
  run: RunEntry,
  index: number,
  edited: EditedPicture,
): { original: ComparedPicture; result: ComparedPicture } {
  const t = useTranslations('compare');
  const picture = useTranslations('picture');
  const { original, result } = edited;
  const originalUrl = usePictureUrl(original.hash);
  const resultUrl = usePictureUrl(result.hash);
  const composite = useComposite(run, index);
  const shown = 'shown' in composite ? composite.shown : undefined;
  const originalSize = original.header && uprightSize(original.header);
  const prompt = run.request.prompt.slice(0, 200);
  return {
    original: {
      id: 'original',
      url: originalUrl,
      title: t('original'),
      alt: t('originalAlt', { name: original.name }),
      size: originalSize,
    },
    result: {
      id: 'result',
      url: shown?.url ?? resultUrl,
      title: shown ? t('composite') : t('result'),
      alt: picture('alt', { number: index + 1, count: run.slots.length, prompt }),
      size: shown ? originalSize : result.header && uprightSize(result.header),
    },
  };
}
