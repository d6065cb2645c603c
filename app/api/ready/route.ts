import { handleReady } from '@/lib/server/ready';
import { refuseOtherMethods } from '@/lib/server/routes';

export const dynamic = 'force-dynamic';

export const GET = () => handleReady();

export const { POST, PUT, PATCH, DELETE, OPTIONS } = refuseOtherMethods('GET', 'HEAD');
