import { startServer } from './lib/server/start-server';

startServer();
