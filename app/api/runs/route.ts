import { guarded, guardedEach } from '@/lib/server/access/guarded';
import { refuseOtherMethods } from '@/lib/server/method-guard';
import { listRuns } from '@/lib/server/runs/answer-requests';

export const dynamic = 'force-dynamic';

export const GET = guarded((request) => listRuns({ request }));

export const { POST, PUT, PATCH, DELETE, OPTIONS } = guardedEach(refuseOtherMethods('GET', 'HEAD'));
