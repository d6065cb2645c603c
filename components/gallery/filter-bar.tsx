'use client';
import { type RefObject, useEffect } from 'react';
import { useTranslations } from 'use-intl/react';
import { loadExperiments } from '@/lib/client/experiments/experiments-store';
import { type FilterCounts, type FilterKind, withoutFilter } from '@/lib/core/gallery/filters';
import { wallSizes } from '@/lib/core/gallery/gallery-address';
import { IconButton } from '../ui/button';
import { CheckBox } from '../ui/check-box';
import { CloseIcon, SearchIcon, StorageIcon, TrashIcon } from '../ui/icons';
import { Segmented } from '../ui/segmented';
import { DateChoice } from './date-choice';
import { FilterSelect } from './filter-select';
import { useFilterWords } from './filter-words';
import type { GalleryView } from './use-gallery-address';

const choices = ['origin', 'model', 'shape', 'tag', 'collection', 'experiment'] as const;
const switches = ['starred', 'failed'] as const;
/** Filters that nobody needs before there is something to choose. */
const ownKinds: readonly FilterKind[] = ['tag', 'collection', 'experiment'];

/** What is searched for, how it is filtered, and how large it is shown. */
export function FilterBar({
  searchBox,
  view,
  counts,
  found,
  onSpace,
  onChange,
  onLeave,
}: {
  searchBox: RefObject<HTMLInputElement | null>;
  view: GalleryView;
  counts: FilterCounts;
  found: number;
  /** Told to show what is stored; without it nothing is offered but to find. */
  onSpace?: () => void;
  onChange: (change: Partial<GalleryView>) => void;
  /** Told that the search is done with, to go to what was found. */
  onLeave: () => void;
}) {
  const t = useTranslations('gallery');
  const { search } = view;
  // Their names are what is chosen from.
  useEffect(() => {
    void loadExperiments();
  }, []);
  const set = (kind: FilterKind | 'words', value: string) =>
    onChange({
      search: value === '' ? withoutFilter(search, kind) : { ...search, [kind]: value },
    });
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-x-2 gap-y-1.5 border-b border-line bg-panel px-4 py-2 max-wide:flex-col max-wide:flex-nowrap max-wide:items-stretch max-wide:px-2">
      <search className="relative min-w-44 wide:flex-[1_1_220px] wide:max-w-80">
        <SearchIcon
          size={15}
          aria-hidden
          className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-faint"
        />
        <input
          ref={searchBox}
          type="search"
          data-testid="gallery-search"
          aria-label={t('search')}
          placeholder={t('search')}
          value={search.words ?? ''}
          onChange={({ target }) => set('words', target.value)}
          onKeyDown={({ key, nativeEvent }) => {
            if (nativeEvent.isComposing) return;
            if (key === 'Escape' && !search.words) onLeave();
            if (key === 'Enter' || key === 'ArrowDown') onLeave();
          }}
          className="w-full rounded-small border border-line-strong bg-raised py-1.5 pr-2 pl-8 touch:text-[16px]"
        />
      </search>
      {/* One row on a phone, which is pushed sideways. */}
      <div className="contents max-wide:-mx-2 max-wide:flex max-wide:items-center max-wide:gap-2 max-wide:overflow-x-auto max-wide:px-2 max-wide:[scrollbar-width:none]">
        <DateChoice
          value={search.date ?? ''}
          counts={counts.date}
          onChoose={(value) => set('date', value)}
        />
        {choices.map((kind) => (
          <Choice
            key={kind}
            kind={kind}
            value={search[kind] ?? ''}
            counts={counts[kind]}
            onChoose={(value) => set(kind, value)}
          />
        ))}
        {switches.map((kind) => (
          <Switch
            key={kind}
            kind={kind}
            isOn={search[kind] === 'yes'}
            count={counts[kind].get('yes') ?? 0}
            onSwitch={(isOn) => set(kind, isOn ? 'yes' : '')}
          />
        ))}
        <p role="status" className="px-1 text-small whitespace-nowrap text-muted">
          {t('found', { count: found })}
        </p>
        <div className="ml-auto flex items-center gap-2">
          {onSpace && (
            <IconButton label={t('space.open')} onClick={onSpace}>
              <StorageIcon size={16} aria-hidden />
            </IconButton>
          )}
          {onSpace && !view.isTrash && (
            <IconButton label={t('trash.open')} onClick={() => onChange({ isTrash: true })}>
              <TrashIcon size={16} aria-hidden />
            </IconButton>
          )}
          <CheckBox
            className="items-center text-small whitespace-nowrap"
            isChecked={view.isStacked}
            onChange={(isStacked) => onChange({ isStacked })}
          >
            {t('byRun')}
          </CheckBox>
          <div className="w-52 shrink-0 max-wide:w-44">
            <Segmented
              label={t('size.label')}
              value={view.size}
              choices={wallSizes.map((size) => ({ value: size, label: t(`size.${size}`) }))}
              onChoose={(value) =>
                onChange({ size: wallSizes.find((size) => size === value) ?? view.size })
              }
            />
          </div>
        </div>
      </div>
    </div>
  );
}

function Choice({
  kind,
  value,
  counts,
  onChoose,
}: {
  kind: (typeof choices)[number];
  value: string;
  counts: ReadonlyMap<string, number>;
  onChoose: (value: string) => void;
}) {
  const words = useFilterWords();
  if (ownKinds.includes(kind) && counts.size === 0 && value === '') return null;
  // What is chosen stays to be seen, also where nothing has it.
  const values = new Map(value === '' ? counts : [...counts, [value, counts.get(value) ?? 0]]);
  return (
    <FilterSelect label={words.name(kind)} value={value} onChoose={onChoose}>
      {[...values].map(([one, count]) => (
        <option key={one} value={one}>
          {`${words.value(kind, one)} (${count})`}
        </option>
      ))}
    </FilterSelect>
  );
}

function Switch({
  kind,
  isOn,
  count,
  onSwitch,
}: {
  kind: 'failed' | 'starred';
  isOn: boolean;
  count: number;
  onSwitch: (isOn: boolean) => void;
}) {
  const words = useFilterWords();
  if (!isOn && count === 0) return null;
  return (
    <button
      type="button"
      aria-pressed={isOn}
      onClick={() => onSwitch(!isOn)}
      className="inline-flex shrink-0 items-center gap-1 rounded-small border border-line-strong bg-raised px-2 py-1.5 text-small aria-pressed:border-accent aria-pressed:font-medium aria-pressed:text-accent-ink"
    >
      {`${words.name(kind)} (${count})`}
      {isOn && <CloseIcon size={13} aria-hidden />}
    </button>
  );
}
