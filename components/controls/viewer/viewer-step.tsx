import { useTranslations } from 'use-intl/react';
import { ChevronLeftIcon, ChevronRightIcon } from '../../ui/icons';

const looks = {
  previous: { Icon: ChevronLeftIcon, side: 'left-2' },
  next: { Icon: ChevronRightIcon, side: 'right-2' },
};

/** The button to the picture before or after; at the end it rests, but keeps the focus. */
export function ViewerStep({
  to,
  isEnd,
  onStep,
}: {
  to: keyof typeof looks;
  isEnd: boolean;
  onStep: () => void;
}) {
  const t = useTranslations('viewer');
  const { Icon, side } = looks[to];
  return (
    <button
      type="button"
      aria-label={t(to)}
      title={t(to)}
      aria-disabled={isEnd}
      onClick={() => !isEnd && onStep()}
      className={`absolute top-1/2 -mt-5 grid size-10 place-items-center rounded-full bg-glass text-white transition-[opacity,background-color] hover:bg-black/85 focus-visible:outline-white aria-disabled:cursor-default! aria-disabled:opacity-25 ${side}`}
    >
      <Icon size={20} aria-hidden />
    </button>
  );
}
