import { GenerateStudio } from '@/components/generate/generate-studio';
import { getConfig } from '@/lib/server/config';

export default function GeneratePage() {
  return <GenerateStudio models={getConfig().models} />;
}
