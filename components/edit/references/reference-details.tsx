'use client';
import { useRef } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import { referenceIntake } from '@/lib/client/edit/edit-intake';
import { removeReference } from '@/lib/client/edit/edit-references';
import { seenSize } from '@/lib/core/pictures/stored-picture';
import type { IntakeLimits } from '@/lib/core/references/intake';
import { isStoredUpright, type Reference } from '@/lib/core/references/reference';
import { formatBytes, formatSizeForPeople } from '@/lib/i18n/formats';
import { pickedFormats } from '../../controls/file-intake';
import { Button, IconButton } from '../../ui/button';
import { ChevronLeftIcon, ChevronRightIcon, TrashIcon } from '../../ui/icons';

/** The chosen reference: its facts, and what can be done with it without dragging. */
export function ReferenceDetails({
  reference,
  number,
  count,
  limits,
  onMove,
}: {
  reference: Reference;
  number: number;
  count: number;
  limits: IntakeLimits;
  onMove: (by: -1 | 1) => void;
}) {
  const { id, name, header, byteLength } = reference;
  const t = useTranslations('references');
  const locale = useLocale();
  const input = useRef<HTMLInputElement>(null);
  const size = formatSizeForPeople(seenSize(header) ?? '');
  const facts = [header.format.toUpperCase(), formatBytes(byteLength, locale)];
  return (
    <section
      aria-label={t('details.label', { number })}
      className="mt-2 rounded-small border border-line px-2.5 pt-2 pb-1.5 text-small"
    >
      <p className="truncate font-medium" title={name}>
        {number} · {name || t('unnamed')}
      </p>
      <p className="text-muted">
        <span className="font-mono">{size}</span> · {facts.join(' · ')}
      </p>
      {!isStoredUpright(reference) && number > 1 && (
        <p className="mt-1 text-muted">
          {t(header.orientation === 1 ? 'details.unclear' : 'details.turned')}
        </p>
      )}
      <div className="mt-1 -ml-1.5 flex items-center gap-0.5">
        <IconButton
          label={t('details.earlier')}
          why={number === 1 ? t('details.first') : undefined}
          onClick={() => onMove(-1)}
        >
          <ChevronLeftIcon size={16} aria-hidden />
        </IconButton>
        <IconButton
          label={t('details.later')}
          why={number === count ? t('details.last') : undefined}
          onClick={() => onMove(1)}
        >
          <ChevronRightIcon size={16} aria-hidden />
        </IconButton>
        <Button look="quiet" onClick={() => input.current?.click()}>
          {t('details.replace')}
        </Button>
        <IconButton
          label={t('details.remove')}
          className="ml-auto"
          onClick={() => removeReference(id)}
        >
          <TrashIcon size={15} aria-hidden />
        </IconButton>
      </div>
      <input
        ref={input}
        type="file"
        accept={pickedFormats}
        data-testid="ref-replace"
        aria-label={t('details.replace')}
        hidden
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          if (file) referenceIntake.enqueueAll([file], limits, { replaces: id });
          // So that the same file can be chosen again.
          currentTarget.value = '';
        }}
      />
    </section>
  );
}
