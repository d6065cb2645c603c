'use client';
import { useContext, useId, useRef } from 'react';
import { useTranslations } from 'use-intl/react';
import { useOpenConversation } from '@/lib/client/chat/conversations-store';
import { changeSettings } from '@/lib/client/chat/open-conversation';
import type { Conversation } from '@/lib/core/chat/conversation';
import { chatModel, shownLevel, shownRatio, untakenSettings } from '@/lib/core/chat/settings';
import { checkSettings } from '@/lib/core/chat/turn-plan';
import { shownOptions, shownValue } from '@/lib/core/endpoints/image-form';
import { levelsOf, modelsFor, pictureFor } from '@/lib/core/models/lookup';
import type { Model } from '@/lib/core/models/model';
import { formatSize } from '@/lib/core/sizes/sizes';
import { formatSizeForPeople } from '@/lib/i18n/formats';
import { ModelPicker } from '../controls/model-picker';
import { OptionField } from '../controls/option-field';
import { SizeTiles } from '../controls/size-tiles';
import { useSnippets } from '../controls/snippets/use-snippets';
import { useOptionWords, useProblemSentence } from '../controls/words';
import { FieldHead } from '../ui/field';
import { Segmented } from '../ui/segmented';
import { ChatModels } from './chat-context';

/** The settings of the open conversation. */
export function SettingsPanel() {
  const t = useTranslations('chat.settings');
  const words = useOptionWords();
  const models = useContext(ChatModels);
  const say = useProblemSentence(models);
  const conversation = useOpenConversation();
  const promptId = useId();
  const streamId = useId();
  const model = conversation && chatModel(conversation.settings, models);
  const promptBox = useRef<HTMLTextAreaElement>(null);
  const snippets = useSnippets(promptBox, (systemPrompt) => {
    if (conversation) changeSettings(conversation.id, { systemPrompt });
  });
  if (!conversation || !model) return null;
  const { id, settings } = conversation;
  const possible = modelsFor(models, 'chat');
  const problems = checkSettings(settings, model);
  const untaken = untakenSettings(settings, model);
  const names: Record<string, string> = { ratio: t('ratio'), level: t('level') };
  return (
    <div data-settings className="flex flex-col gap-4">
      <ModelPicker
        models={possible}
        model={model}
        chosen={settings.model}
        aside={t('canConverse', { count: possible.length })}
        onChoose={(chosen) => changeSettings(id, { model: chosen })}
      />
      {untaken.length > 0 && (
        <ul role="status" className="-mt-2 text-small text-warn">
          {untaken.map(({ setting, chosen, shown }) => (
            <li key={setting}>
              {shown === null
                ? t('notTaken', { setting: names[setting] ?? words.label(setting) })
                : t('takenAs', { setting: names[setting] ?? words.label(setting), chosen, shown })}
            </li>
          ))}
        </ul>
      )}
      <SettingsSize conversation={conversation} model={model} />
      {shownOptions(settings, model, 'chat').map((option) => {
        const problem = problems.find(({ param }) => param === option.name);
        return (
          <OptionField
            key={option.name}
            option={option}
            value={shownValue(settings, option)}
            problem={problem && say(problem)}
            onChange={(value) =>
              changeSettings(id, { options: { ...settings.options, [option.name]: value } })
            }
          />
        );
      })}
      <div>
        <FieldHead htmlFor={promptId} label={t('systemPrompt')} />
        <textarea
          dir="auto"
          ref={promptBox}
          id={promptId}
          value={settings.systemPrompt}
          rows={3}
          placeholder={t('systemPromptHint')}
          onChange={({ target }) => changeSettings(id, { systemPrompt: target.value })}
          className="field-sizing-content block max-h-[30dvh] min-h-[72px] w-full resize-none rounded-large border border-line-strong bg-raised px-2.5 py-2 leading-[1.5] transition-colors hover:border-faint max-wide:text-[16px]"
        />
        {snippets}
      </div>
      <div>
        <FieldHead id={streamId} label={t('answer')} />
        <Segmented
          labelledBy={streamId}
          value={settings.stream ? 'stream' : 'whole'}
          choices={[
            { value: 'stream', label: t('streamed') },
            { value: 'whole', label: t('whole') },
          ]}
          onChoose={(value) => changeSettings(id, { stream: value === 'stream' })}
        />
      </div>
    </div>
  );
}

/** Aspect ratio and resolution, with the resulting pixels and tokens. */
function SettingsSize({
  conversation: { id, settings },
  model,
}: {
  conversation: Conversation;
  model: Model;
}) {
  const t = useTranslations('chat.settings');
  const run = useTranslations('run');
  const form = useTranslations('form');
  const ratioId = useId();
  const levelId = useId();
  const ratio = shownRatio(settings, model);
  const level = shownLevel(settings, model);
  const levels = levelsOf(model);
  const picture = pictureFor({ model, ratio, level });
  const ownLevels = form('ownLevels', {
    ratio,
    levels: Object.keys(model.sizes.table[ratio] ?? {}).join(', '),
  });
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
              <output>{run('tokens', { count: picture.tokens })}</output>
            )
          }
        />
        <Segmented
          labelledBy={levelId}
          value={level}
          choices={levels.map((value) => ({
            value,
            label: value,
            why: model.sizes.table[ratio]?.[value] === undefined ? ownLevels : undefined,
          }))}
          onChoose={(chosen) => changeSettings(id, { level: chosen })}
        />
      </div>
    </>
  );
}
