import { guarded, guardedEach } from '@/lib/server/access/guarded';
import { listModels } from '@/lib/server/list-models';
import { refuseOtherMethods } from '@/lib/server/method-guard';

export const dynamic = 'force-dynamic';

export const GET = guarded(() => listModels());

export const { POST, PUT, PATCH, DELETE, OPTIONS } = guardedEach(refuseOtherMethods('GET', 'HEAD'));
