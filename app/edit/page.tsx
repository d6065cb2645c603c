import type { Metadata } from 'next';
import { EditStudio } from '@/components/edit/edit-studio';
import { getMessages } from '@/lib/i18n/messages';
import { requireCaller } from '../page-caller';
import { pageConfig } from '../page-config';
import { requestLocale } from '../request-locale';

export async function generateMetadata(): Promise<Metadata> {
  return { title: getMessages(await requestLocale()).edit.page };
}

export default async function EditPage() {
  return <EditStudio {...(await pageConfig(await requireCaller('/edit')))} />;
}
