import { listModels } from '@/lib/server/list-models';
import { refuseOtherMethods } from '@/lib/server/method-guard';

export const dynamic = 'force-dynamic';

export const GET = () => listModels();

export const { POST, PUT, PATCH, DELETE, OPTIONS } = refuseOtherMethods('GET', 'HEAD');
