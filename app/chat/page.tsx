import type { Metadata } from 'next';
import { ChatStudio } from '@/components/chat/chat-studio';
import { getMessages } from '@/lib/i18n/get-messages';
import { getConfig } from '@/lib/server/config';
import { requestLocale } from '../request-locale';

export async function generateMetadata(): Promise<Metadata> {
  return { title: getMessages(await requestLocale()).chat.page };
}

export default function ChatPage() {
  const { models, pictureHosts } = getConfig();
  return <ChatStudio models={models} pictureHosts={pictureHosts} />;
}
