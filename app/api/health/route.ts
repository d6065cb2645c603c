import { refuseOtherMethods, reportHealth } from '@/lib/server/routes';

export const dynamic = 'force-dynamic';

export const GET = () => reportHealth();

export const { POST, PUT, PATCH, DELETE, OPTIONS } = refuseOtherMethods('GET', 'HEAD');
