import type { Metadata } from 'next';
import { EditStudio } from '@/components/edit/edit-studio';
import { GalleryWords } from '@/components/gallery/gallery-words';
import { getMessages } from '@/lib/i18n/messages';
import { requireCaller } from '../page-caller';
import { pageConfig } from '../page-config';
import { requestLocale } from '../request-locale';

export async function generateMetadata(): Promise<Metadata> {
  return { title: getMessages(await requestLocale()).edit.page };
}

export default async function EditPage() {
  const config = await pageConfig(await requireCaller('/edit'));
  const { gallery } = getMessages(await requestLocale());
  return (
    <GalleryWords models={config.models} words={{ gallery }}>
      <EditStudio {...config} />
    </GalleryWords>
  );
}
