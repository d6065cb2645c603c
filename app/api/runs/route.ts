import { guardedEach, refuseOtherMethods, withAuth } from '@/lib/server/routes';
import { handleListRuns } from '@/lib/server/runs/list-runs';

export const dynamic = 'force-dynamic';

export const GET = withAuth((request, caller) => handleListRuns(request, { caller }));

export const { POST, PUT, PATCH, DELETE, OPTIONS } = guardedEach(refuseOtherMethods('GET', 'HEAD'));
