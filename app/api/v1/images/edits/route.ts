import { guarded, guardedEach } from '@/lib/server/access/guarded';
import { refuseOtherMethods } from '@/lib/server/method-guard';
import { serve } from '@/lib/server/serve';

export const dynamic = 'force-dynamic';

export const POST = guarded((request, caller) => serve('edits', request, { caller }));

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = guardedEach(refuseOtherMethods('POST'));
