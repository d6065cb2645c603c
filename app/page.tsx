import { GenerateStudio } from '@/components/generate/generate-studio';
import { getConfig } from '@/lib/server/config';

export default function GeneratePage() {
  const { models, pictureHosts } = getConfig();
  return <GenerateStudio models={models} pictureHosts={pictureHosts} />;
}
