import { guardedEach, withAuth } from '@/lib/server/access/with-auth';
import { listModels } from '@/lib/server/list-models';
import { refuseOtherMethods } from '@/lib/server/request/method-guard';

export const dynamic = 'force-dynamic';

export const GET = withAuth(() => listModels());

export const { POST, PUT, PATCH, DELETE, OPTIONS } = guardedEach(refuseOtherMethods('GET', 'HEAD'));
