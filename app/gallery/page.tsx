import type { Metadata } from 'next';
import { GalleryStudio } from '@/components/gallery/gallery-studio';
import { GalleryWords } from '@/components/gallery/gallery-words';
import { getMessages } from '@/lib/i18n/messages';
import { requireCaller } from '../page-caller';
import { pageConfig } from '../page-config';
import { requestLocale } from '../request-locale';

export async function generateMetadata(): Promise<Metadata> {
  return { title: getMessages(await requestLocale()).gallery.page };
}

export default async function GalleryPage() {
  const { models } = await pageConfig(await requireCaller('/gallery'));
  const { gallery } = getMessages(await requestLocale());
  return (
    <GalleryWords models={models} words={{ gallery }}>
      <GalleryStudio />
    </GalleryWords>
  );
}
