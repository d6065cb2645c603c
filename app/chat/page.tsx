import type { Metadata } from 'next';
import { ChatStudio } from '@/components/chat/chat-studio';
import { GalleryWords } from '@/components/gallery/gallery-words';
import { getMessages } from '@/lib/i18n/messages';
import { requireCaller } from '../page-caller';
import { pageConfig } from '../page-config';
import { requestLocale } from '../request-locale';

export async function generateMetadata(): Promise<Metadata> {
  return { title: getMessages(await requestLocale()).chat.page };
}

export default async function ChatPage() {
  const config = await pageConfig(await requireCaller('/chat'));
  const { gallery } = getMessages(await requestLocale());
  return (
    <GalleryWords models={config.models} words={{ gallery }}>
      <ChatStudio {...config} />
    </GalleryWords>
  );
}
