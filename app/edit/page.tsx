import type { Metadata } from 'next';
import { EditStudio } from '@/components/edit/edit-studio';
import { getMessages } from '@/lib/i18n/get-messages';
import { getConfig } from '@/lib/server/config';
import { requestLocale } from '../request-locale';

export async function generateMetadata(): Promise<Metadata> {
  return { title: getMessages(await requestLocale()).edit.page };
}

export default function EditPage() {
  const { models, pictureHosts } = getConfig();
  return <EditStudio models={models} pictureHosts={pictureHosts} />;
}
