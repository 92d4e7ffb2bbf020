import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";

/** Returns the preferred port on 127.0.0.1 if it is free, otherwise one the system picks. */
export async function findFreePort(preferred = 0): Promise<number> {
  const server = createServer();
  try {
    server.listen(preferred, "127.0.0.1");
    await once(server, "listening");
  } catch (error) {
    if (preferred === 0) throw error;
    return findFreePort();
  }
  const { port } = server.address() as AddressInfo; // a listening TCP server has an AddressInfo
  server.close();
  await once(server, "close");
  return port;
}
