'use client';
import { useTranslations } from 'use-intl/react';
import { generateForm } from '@/lib/client/forms/generate-form';
import { IdeaList } from '../controls/idea-list';

/** Examples by name, each with the colours that it calls to mind. */
const examples = [
  {
    name: 'bear',
    art: 'radial-gradient(90% 60% at 70% 20%, #ffd29b, transparent), linear-gradient(180deg, #2b3a67, #b56576 60%, #355070)',
  },
  {
    name: 'poster',
    art: 'radial-gradient(circle 20px at 66% 34%, #fff3d6 96%, transparent), linear-gradient(168deg, #0f8b8d 52%, #0b5563 52% 70%, #f26b4f 70%)',
  },
  {
    name: 'product',
    art: 'radial-gradient(circle 22px at 46% 50%, #7b8f8a 94%, transparent), linear-gradient(180deg, #ddd4c9 62%, #c3b8ab 62%)',
  },
  {
    name: 'icon',
    art: 'conic-gradient(from 150deg at 50% 22%, #f08a3c 0 30deg, #c9601d 0 60deg, transparent 0), linear-gradient(#f6ecdd, #f6ecdd)',
  },
] as const;

/** What the stage shows before the first run. */
export function EmptyStage() {
  const t = useTranslations('empty');
  return (
    <div className="mx-auto flex max-w-[720px] flex-col justify-center px-5 py-10 wide:min-h-full">
      <h2 className="text-huge font-semibold tracking-tight">{t('title')}</h2>
      <p className="mt-1 text-muted">{t('text')}</p>
      <IdeaList
        ideas={examples.map(({ name, art }) => ({
          name: t(`examples.${name}.name`),
          prompt: t(`examples.${name}.prompt`),
          art,
        }))}
        onChoose={(prompt) => {
          const { form } = generateForm.store.getState();
          generateForm.replace({ ...form, prompt });
          document.querySelector<HTMLElement>('[data-testid="prompt"]')?.focus();
        }}
      />
    </div>
  );
}
