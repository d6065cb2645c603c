import type { ReactNode } from 'react';
import type { ImageFormStore } from '@/lib/client/forms/image-form-store';
import {
  type ModelForm,
  shownOptions,
  shownSize,
  shownValue,
} from '@/lib/core/endpoints/image-form';
import type { ValidationProblem } from '@/lib/core/validation';
import { CountField } from './count-field';
import { OptionList } from './option-list';
import { SizePicker } from './size-picker';

/** Size, number and options of the pictures that a form asks for at its model. */
export function ImageOptions({
  store,
  form,
  model,
  problems,
  say,
  belowSize,
}: Omit<ModelForm, 'endpoint'> & {
  store: ImageFormStore;
  /** Those of them that are to be shown. */
  problems: readonly ValidationProblem[];
  say: (problem: ValidationProblem) => string;
  /** What else offers a size. */
  belowSize?: ReactNode;
}) {
  const { endpoint } = store;
  const problemOf = (param: string) => problems.find((found) => found.param === param);
  const sentenceOf = (param: string) => {
    const found = problemOf(param);
    return found && say(found);
  };
  return (
    <>
      <div>
        <SizePicker
          model={model}
          size={shownSize(form, model)}
          problem={problemOf('size')}
          say={say}
          onChange={(size) => store.changeSize(model, size)}
        />
        {belowSize}
      </div>
      <OptionList
        store={store}
        options={shownOptions(form, model, endpoint)}
        shownValueOf={(option) => shownValue(form, option)}
        problemOf={sentenceOf}
        onChange={(option, value) => store.changeOption(model, option, value)}
      >
        {model.count && (
          <CountField
            value={form.count}
            limits={model.count}
            problem={sentenceOf('n')}
            onChange={(text) => store.change({ count: text })}
          />
        )}
      </OptionList>
    </>
  );
}
