export { startServer } from './lib/server/start-server';
