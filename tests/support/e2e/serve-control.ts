import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

type Realtime = { stop: () => Promise<void>; start: () => Promise<void> };

/**
 * Lets tests, which run in other processes, stop and start the realtime server and end simulated calls: POST /stop,
 * /start and /hang-up.
 */
export async function serveControl(realtime: Realtime, hangUp: () => Promise<void>) {
  const server = createServer(async (request, response) => {
    const act = { "/stop": realtime.stop, "/start": realtime.start, "/hang-up": hangUp }[request.url ?? ""];
    await act?.();
    response.writeHead(act ? 204 : 404).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // a listening TCP server has an AddressInfo
  const close = async () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${port}`, close };
}
