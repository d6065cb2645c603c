import { guardedEach, refuseOtherMethods, withAuth } from '@/lib/server/routes';
import { handleDeleteRun, handleShowRun } from '@/lib/server/runs/run-handlers';

export const dynamic = 'force-dynamic';

interface Context {
  params: Promise<{ id: string }>;
}

export const GET = withAuth<Context>(async (request, caller, { params }) =>
  handleShowRun({ request, caller, ...(await params) }),
);

export const DELETE = withAuth<Context>(async (request, caller, { params }) =>
  handleDeleteRun({ request, caller, ...(await params) }),
);

export const { POST, PUT, PATCH, OPTIONS } = guardedEach(
  refuseOtherMethods('GET', 'HEAD', 'DELETE'),
);
