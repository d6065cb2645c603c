import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { IconButton } from '../../ui/button';
import { CloseIcon } from '../../ui/icons';
import { focusReferences } from './focus-reference';

const looks = { plain: 'bg-sunken text-muted', warn: 'bg-warn-soft text-warn' };

/** Something to know about the references, below them. */
export function Note({
  look = 'plain',
  onClose,
  children,
}: {
  look?: keyof typeof looks;
  onClose?: () => void;
  children: ReactNode;
}) {
  const t = useTranslations('references');
  return (
    <div
      className={`mt-2 flex gap-1 rounded-small py-1.5 pl-2.5 text-small ${onClose ? 'pr-1' : 'pr-2.5'} ${looks[look]}`}
    >
      <div className="min-w-0 flex-1 py-px break-words">{children}</div>
      {onClose && (
        <IconButton
          label={t('close')}
          className="size-[24px] shrink-0"
          onClick={() => {
            onClose();
            focusReferences();
          }}
        >
          <CloseIcon size={13} aria-hidden />
        </IconButton>
      )}
    </div>
  );
}
