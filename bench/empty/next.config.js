import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** An app with nothing in it: the floor of what any page of this Next transfers. */
export default { turbopack: { root }, outputFileTracingRoot: root };
