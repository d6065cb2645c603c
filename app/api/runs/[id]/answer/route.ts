import { guardedEach, refuseOtherMethods, withAuth } from '@/lib/server/routes';
import { handleShowAnswer } from '@/lib/server/runs/run-handlers';

export const dynamic = 'force-dynamic';

export const GET = withAuth<{ params: Promise<{ id: string }> }>(
  async (request, caller, { params }) => handleShowAnswer({ request, caller, ...(await params) }),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = guardedEach(refuseOtherMethods('GET', 'HEAD'));
