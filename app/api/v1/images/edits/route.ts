import { refuseOtherMethods } from '@/lib/server/method-guard';
import { serve } from '@/lib/server/serve';

export const dynamic = 'force-dynamic';

export const POST = (request: Request) => serve('edits', request);

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = refuseOtherMethods('POST');
