import { guarded, guardedEach } from '@/lib/server/access/guarded';
import { refuseOtherMethods } from '@/lib/server/method-guard';
import { showAnswer } from '@/lib/server/runs/answer-requests';

export const dynamic = 'force-dynamic';

export const GET = guarded<{ params: Promise<{ id: string }> }>(
  async (request, _caller, { params }) => showAnswer({ request, ...(await params) }),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = guardedEach(refuseOtherMethods('GET', 'HEAD'));
