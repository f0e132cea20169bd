// A bad network: passes bytes on to the endpoint, but resets the first `resets` connections once they have
// carried `after` bytes of requests.
import net from 'node:net';

export async function flakyProxy(t, target, { resets, after }) {
  const { hostname, port } = new URL(target);
  const proxy = { connections: 0, url: '' };
  const sockets = new Set();

  const server = net.createServer((client) => {
    const doomed = ++proxy.connections <= resets;
    const upstream = net.connect(Number(port), hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        (socket === client ? upstream : client).destroy();
      });
    }
    let carried = 0;
    client.on('data', (bytes) => {
      carried += bytes.length;
      upstream.write(bytes);
      if (doomed && carried >= after) {
        client.resetAndDestroy();
        upstream.resetAndDestroy();
      }
    });
    upstream.pipe(client);
  });
  t.after(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });

  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(target);
  url.port = server.address().port;
  proxy.url = url.href.replace(/\/$/, '');
  return proxy;
}
