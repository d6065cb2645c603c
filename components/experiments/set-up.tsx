'use client';
import { useRef } from 'react';
import { useTranslations } from 'use-intl/react';
import type { Definition } from '@/lib/core/experiments/experiment';
import type { Plan } from '@/lib/core/experiments/plan';
import type { PromptTemplate } from '@/lib/core/experiments/prompt-template';
import type { Model } from '@/lib/core/models/model';
import { PictureThumb } from '../controls/picture-thumb';
import { CheckBox } from '../ui/check-box';
import { FieldHead } from '../ui/field';
import { useEarlyChoices } from '../ui/hydrated';
import { Amounts } from './plan/amounts';
import { ModelRows } from './plan/model-rows';
import { ShapesField } from './plan/shapes-field';
import { TemplateField } from './template/template-field';
import { VariablesField } from './template/variables-field';

/** What an experiment varies. */
export function SetUp({
  definition,
  read,
  plan,
  models,
  onEdit,
}: {
  definition: Definition;
  read: PromptTemplate;
  plan: Plan;
  models: readonly Model[];
  onEdit: (change: (definition: Definition) => Definition) => void;
}) {
  const shared = { definition, onEdit };
  const fields = useRef<HTMLDivElement>(null);
  useEarlyChoices(fields);
  return (
    <div ref={fields} className="grid grid-cols-[minmax(0,1fr)] gap-5 px-4 pt-1 pb-4 max-wide:px-3">
      <TemplateField {...shared} read={read} />
      <VariablesField {...shared} read={read} />
      <Pictures {...shared} />
      <ModelRows {...shared} plan={plan} models={models} />
      <ShapesField
        {...shared}
        models={models.filter(({ id }) => definition.models.some(({ model }) => model === id))}
      />
      <Amounts {...shared} plan={plan} />
    </div>
  );
}

/** The pictures that go along, which come from the Edit page. */
function Pictures({
  definition: { edit, leavesMaskOut },
  onEdit,
}: {
  definition: Definition;
  onEdit: (change: (definition: Definition) => Definition) => void;
}) {
  const t = useTranslations('experiments.setup');
  if (!edit) return null;
  return (
    <div>
      <FieldHead label={t('references')} />
      <div className="flex flex-wrap gap-1.5">
        {edit.references.map((picture, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same picture may be there twice
          <PictureThumb key={index} picture={picture} className="h-14" />
        ))}
      </div>
      {edit.mask && (
        <CheckBox
          className="mt-2 items-center"
          isChecked={leavesMaskOut}
          onChange={(next) => onEdit((definition) => ({ ...definition, leavesMaskOut: next }))}
        >
          {t('leavesMaskOut')}
        </CheckBox>
      )}
    </div>
  );
}
