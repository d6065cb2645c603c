import { refuseOtherMethods } from '@/lib/server/method-guard';
import { showAnswer } from '@/lib/server/runs/answer-requests';

export const dynamic = 'force-dynamic';

export const GET = async (request: Request, { params }: { params: Promise<{ id: string }> }) =>
  showAnswer({ request, ...(await params) });

export const { POST, PUT, PATCH, DELETE, OPTIONS } = refuseOtherMethods('GET', 'HEAD');
