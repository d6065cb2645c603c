import { later } from '@/lib/client/browser/later';

/** What opens and paints the mask of the first picture: of use once there is one. */
export const maskCode = later(() => import('@/lib/client/edit/first-mask'));
