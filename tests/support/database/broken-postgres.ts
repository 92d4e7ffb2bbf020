import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

export interface BrokenPostgres {
  /** Address of the proxy. */
  url: string;
  /**
   * "well": passes everything through; "hung": accepts connections but never responds; "slow": delays the server's responses by
   * `slowMs`; "gone": cuts connections and closes new ones; "refused": cuts connections and stops listening.
   */
  become: (state: State) => void;
  /** Number of bytes that arrived while it was hung; they are never answered. */
  lost: () => number;
  close: () => void;
}

type State = "well" | "hung" | "slow" | "gone" | "refused";

/** A proxy in front of a real PostgreSQL that can be made to fail. */
export async function breakPostgres(target: string, slowMs = 3_000): Promise<BrokenPostgres> {
  const { hostname, port: targetPort } = new URL(target);
  const sockets = new Set<Socket>();
  let state: State = "well";
  let lost = 0;

  const pass = (from: Socket, to: Socket, isAnswer: boolean) => {
    from.on("data", (bytes) => {
      if (state === "hung") {
        lost += bytes.length;
        return;
      }
      if (state !== "slow" || !isAnswer) return void to.write(bytes);
      setTimeout(() => to.writable && to.write(bytes), slowMs).unref();
    });
    from.on("close", () => to.destroy());
    from.on("error", () => to.destroy());
  };
  const server = createServer((client) => {
    if (state === "gone") return void client.destroy();
    const upstream = connect(Number(targetPort), hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on("close", () => sockets.delete(socket));
    }
    pass(client, upstream, false);
    pass(upstream, client, true);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");

  const url = new URL(target);
  const address = server.address();
  url.hostname = "127.0.0.1";
  const port = address !== null && typeof address === "object" ? address.port : 0;
  url.port = String(port);
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: url.href,
    become: (next) => {
      state = next;
      if (next === "gone" || next === "refused") cut();
      if (next === "refused") server.close();
      else if (!server.listening) server.listen(port, "127.0.0.1");
    },
    lost: () => lost,
    close: () => {
      cut();
      server.close();
    },
  };
}
