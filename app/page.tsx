import { GenerateStudio } from '@/components/generate/generate-studio';
import { requireCaller } from './page-caller';
import { pageConfig } from './page-config';

export default async function GeneratePage() {
  return <GenerateStudio {...(await pageConfig(await requireCaller('/')))} />;
}
