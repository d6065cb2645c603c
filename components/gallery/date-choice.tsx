'use client';
import { useTranslations } from 'use-intl/react';
import { isRecent, readDays, recentDays, writeDays } from '@/lib/core/gallery/date-filter';
import { FilterSelect } from './filter-select';
import { useFilterWords } from './filter-words';

/** The value of the choice that shows two fields for days. */
const range = '~';

/** The filter by date: the last days, a month, or from one day to another. */
export function DateChoice({
  value,
  counts,
  onChoose,
}: {
  /** Empty: none. */
  value: string;
  counts: ReadonlyMap<string, number>;
  onChoose: (value: string) => void;
}) {
  const t = useTranslations('gallery');
  const words = useFilterWords();
  const days = readDays(value, Date.now()) ?? { from: '', to: '' };
  const isRange = value.includes('~');
  const known = new Map(counts);
  // What is chosen stays to be seen, also where nothing has it.
  if (value !== '' && !isRange && !known.has(value)) known.set(value, 0);
  const option = (one: string) => (
    <option key={one} value={one}>
      {`${words.value('date', one)} (${known.get(one) ?? 0})`}
    </option>
  );
  const months = [...known.keys()].filter((one) => !isRecent(one) && !one.includes('~'));
  return (
    <>
      <FilterSelect
        label={t('filter.date')}
        value={isRange ? range : value}
        // The fields begin with what was chosen before.
        onChoose={(next) => onChoose(next === range ? writeDays(days) : next)}
      >
        {Object.keys(recentDays)
          .filter((one) => known.has(one))
          .map(option)}
        {months.length > 0 && <optgroup label={t('date.months')}>{months.map(option)}</optgroup>}
        <option value={range}>
          {isRange ? `${t('date.range')} (${known.get(value) ?? 0})` : `${t('date.range')} …`}
        </option>
      </FilterSelect>
      {isRange && (
        <span className="flex shrink-0 items-center gap-1 text-small">
          <Day
            label={t('date.from')}
            value={days.from}
            onChange={(from) => onChoose(writeDays({ ...days, from }))}
          />
          –
          <Day
            label={t('date.to')}
            value={days.to}
            onChange={(to) => onChoose(writeDays({ ...days, to }))}
          />
        </span>
      )}
    </>
  );
}

function Day({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (day: string) => void;
}) {
  return (
    <input
      type="date"
      aria-label={label}
      value={value}
      onChange={({ target }) => onChange(target.value)}
      className="rounded-small border border-line-strong bg-raised px-1.5 py-1 touch:text-[16px]"
    />
  );
}
