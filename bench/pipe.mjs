// The floor: a bare Node proxy that copies bytes and looks at nothing.
import { createServer, request as send } from 'node:http';
import { pipeline } from 'node:stream';

const upstream = new URL(process.env.UPSTREAM);
const noop = () => {};

const server = createServer((request, response) => {
  const { host: _host, connection: _connection, ...headers } = request.headers;
  const forwarded = send(
    {
      hostname: upstream.hostname,
      port: upstream.port,
      path: request.url,
      method: 'POST',
      headers,
    },
    (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      pipeline(answer, response, noop);
    },
  );
  pipeline(request, forwarded, noop);
});
server.requestTimeout = 0;
server.listen(Number(process.env.PORT), '127.0.0.1', () => console.log('ready'));
