import { guardedEach, withAuth } from '@/lib/server/access/with-auth';
import { refuseOtherMethods } from '@/lib/server/request/method-guard';
import { handleShowAnswer } from '@/lib/server/runs/run-handlers';

export const dynamic = 'force-dynamic';

export const GET = withAuth<{ params: Promise<{ id: string }> }>(
  async (request, _caller, { params }) => handleShowAnswer({ request, ...(await params) }),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = guardedEach(refuseOtherMethods('GET', 'HEAD'));
