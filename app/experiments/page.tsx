import type { Metadata } from 'next';
import { ExperimentsStudio } from '@/components/experiments/experiments-studio';
import { ExperimentsWords } from '@/components/experiments/experiments-words';
import { getMessages } from '@/lib/i18n/messages';
import { requireCaller } from '../page-caller';
import { pageConfig } from '../page-config';
import { requestLocale } from '../request-locale';

export async function generateMetadata(): Promise<Metadata> {
  return { title: getMessages(await requestLocale()).experiments.page };
}

export default async function ExperimentsPage({
  searchParams,
}: {
  searchParams: Promise<{ open?: string }>;
}) {
  const { models, pictureHosts, isFirstVisit } = await pageConfig(
    await requireCaller('/experiments'),
  );
  const { open } = await searchParams;
  const { experiments, judging } = getMessages(await requestLocale());
  return (
    <ExperimentsWords models={models} words={{ experiments, judging }}>
      <ExperimentsStudio
        models={models}
        pictureHosts={pictureHosts}
        isFirstVisit={isFirstVisit && open === undefined}
      />
    </ExperimentsWords>
  );
}
