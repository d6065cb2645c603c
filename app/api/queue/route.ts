import { guardedEach, refuseOtherMethods, withAuth } from '@/lib/server/routes';
import { handleDropTicket, handleTakeTicket } from '@/lib/server/sharing/queue-requests';

export const dynamic = 'force-dynamic';

export const POST = withAuth((request, caller) => handleTakeTicket(request, { caller }));
export const DELETE = withAuth((request, caller) => handleDropTicket(request, { caller }));

export const { GET, HEAD, PUT, PATCH, OPTIONS } = guardedEach(refuseOtherMethods('POST', 'DELETE'));
