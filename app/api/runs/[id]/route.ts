import { guarded, guardedEach } from '@/lib/server/access/guarded';
import { refuseOtherMethods } from '@/lib/server/method-guard';
import { deleteRun, showRun } from '@/lib/server/runs/answer-requests';

export const dynamic = 'force-dynamic';

interface Context {
  params: Promise<{ id: string }>;
}

export const GET = guarded<Context>(async (request, _caller, { params }) =>
  showRun({ request, ...(await params) }),
);

export const DELETE = guarded<Context>(async (request, caller, { params }) =>
  deleteRun({ request, caller, ...(await params) }),
);

export const { POST, PUT, PATCH, OPTIONS } = guardedEach(
  refuseOtherMethods('GET', 'HEAD', 'DELETE'),
);
