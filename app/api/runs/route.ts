import { refuseOtherMethods } from '@/lib/server/method-guard';
import { listRuns } from '@/lib/server/runs/answer-requests';

export const dynamic = 'force-dynamic';

export const GET = (request: Request) => listRuns({ request });

export const { POST, PUT, PATCH, DELETE, OPTIONS } = refuseOtherMethods('GET', 'HEAD');
