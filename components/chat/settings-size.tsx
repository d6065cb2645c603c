'use client';
import { useId } from 'react';
import { useTranslations } from 'use-intl/react';
import { changeSettings } from '@/lib/client/chat/open-conversation';
import type { Conversation } from '@/lib/core/chat/conversation';
import { shownLevel, shownRatio } from '@/lib/core/chat/settings';
import { levelsOf, pictureFor } from '@/lib/core/models/lookup';
import type { Model } from '@/lib/core/models/model';
import { formatSize } from '@/lib/core/sizes/sizes';
import { formatSizeForPeople } from '@/lib/i18n/format-size';
import { SizeTiles } from '../controls/size-tiles';
import { FieldHead } from '../ui/field';
import { Segmented } from '../ui/segmented';

/** The shape and resolution of the pictures, with their exact pixels and tokens. */
export function SettingsSize({
  conversation: { id, settings },
  model,
}: {
  conversation: Conversation;
  model: Model;
}) {
  const t = useTranslations('chat.settings');
  const run = useTranslations('run');
  const ratioId = useId();
  const levelId = useId();
  const ratio = shownRatio(settings, model);
  const level = shownLevel(settings, model);
  const levels = levelsOf(model);
  const picture = pictureFor({ model, ratio, level });
  return (
    <>
      <div data-param="ratio">
        <FieldHead
          id={ratioId}
          label={t('ratio')}
          aside={
            picture && (
              <output className="font-mono">{formatSizeForPeople(formatSize(picture.size))}</output>
            )
          }
        />
        <SizeTiles
          labelledBy={ratioId}
          ratios={Object.keys(model.sizes.table)}
          hasAuto={false}
          chosen={ratio}
          onChoose={(chosen) => changeSettings(id, { ratio: chosen })}
        />
      </div>
      <div data-param="level">
        <FieldHead
          id={levelId}
          label={t('level')}
          aside={
            picture?.tokens !== undefined && (
              <output className="font-mono">{run('tokens', { count: picture.tokens })}</output>
            )
          }
        />
        <Segmented
          labelledBy={levelId}
          value={level}
          choices={levels.map((value) => ({
            value,
            label: value,
            disabled: model.sizes.table[ratio]?.[value] === undefined,
          }))}
          onChoose={(chosen) => changeSettings(id, { level: chosen })}
        />
      </div>
    </>
  );
}
