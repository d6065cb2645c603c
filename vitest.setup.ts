import { log } from './lib/server/log';

// What the server logs is not what the tests are about.
log().level = 'silent';
