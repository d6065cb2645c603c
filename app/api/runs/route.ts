import { guardedEach, withAuth } from '@/lib/server/access/with-auth';
import { refuseOtherMethods } from '@/lib/server/request/method-guard';
import { handleListRuns } from '@/lib/server/runs/run-handlers';

export const dynamic = 'force-dynamic';

export const GET = withAuth((request) => handleListRuns(request));

export const { POST, PUT, PATCH, DELETE, OPTIONS } = guardedEach(refuseOtherMethods('GET', 'HEAD'));
