import { log } from './lib/server/log';
import { singleton } from './lib/server/singleton';

// What the server logs is not what the tests are about.
log().level = 'silent';

// Nor is what it keeps of each request; the tests of the audit open their own.
singleton('audit', () => ({ sent: () => () => {} }));
