import { refuseOtherMethods } from '@/lib/server/method-guard';
import { deleteRun, showRun } from '@/lib/server/runs/answer-requests';

export const dynamic = 'force-dynamic';

interface Context {
  params: Promise<{ id: string }>;
}

export const GET = async (request: Request, { params }: Context) =>
  showRun({ request, ...(await params) });

export const DELETE = async (request: Request, { params }: Context) =>
  deleteRun({ request, ...(await params) });

export const { POST, PUT, PATCH, OPTIONS } = refuseOtherMethods('GET', 'HEAD', 'DELETE');
