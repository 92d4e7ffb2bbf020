import { connect, type NetConnectOpts, Socket } from "node:net";

/** Where the server is, as the driver has it: several hosts when DATABASE_URL names several. */
interface Where {
  host: string[];
  port: number[];
  path?: string | undefined;
}

const tickMs = 200;
/** Silence this long after a query makes us ask whether anybody is there. Most queries take milliseconds. */
const quietMs = 600;
/** With the silence before it, within the two seconds that whoever waits for the database gives it. */
const probeMs = 800;
/** A long statement is silent too: how often the server is asked while it runs and nothing else is. */
const probeEveryMs = 3_000;
const watchMs = 10_000;

/** "Do you speak TLS?", the first a client may say: a server that lives answers with one byte at once. */
const sslRequest = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]);

/**
 * Notices a server that takes connections and never answers, or has left the network without a goodbye. TCP finds out
 * after minutes and the driver never: each query would wait, and its connection be lost to the pool. All connections
 * are cut instead, so that what waits fails, and what comes next finds the server once it is back.
 *
 * A statement that takes long is left alone, for the server still answers others. A connection that has not been answered once
 * is not, when the server answers a later one: what it sent while the server was silent is lost.
 */
export function createSilenceWatch() {
  /** When each was opened. */
  const sockets = new Map<Socket, number>();
  let opened = 0;
  let target: NetConnectOpts | null = null;
  let closedBytes = 0;
  let heardBytes = 0;
  let quietSince = 0;
  let askedAt = 0;
  let isProbing = false;
  let timer: NodeJS.Timeout | null = null;

  /** The driver's `socket` option. */
  const openSocket = ({ host, port, path }: Where): Socket => {
    const index = opened++ % port.length;
    const name = host[index] ?? "localhost";
    target = path ? { path } : { host: name, port: port[index] ?? 5432 };
    // The driver reads `host` where it asks for the server's certificate.
    const socket = Object.assign(new Socket(), path ? {} : { host: name });
    sockets.set(socket, Date.now());
    socket.once("close", () => {
      sockets.delete(socket);
      closedBytes += socket.bytesRead;
    });
    // As the proxy of a server that is gone does. The driver would try again for ever, and the query wait as long.
    socket.once("end", () => {
      if (socket.bytesRead === 0) socket.destroy(unreachable("hangs up before it says anything"));
    });
    return socket.connect(target);
  };

  /** To be called before each query or transaction. */
  const noteQuery = () => {
    askedAt = Date.now();
    quietSince = timer ? Math.min(quietSince, askedAt) : askedAt;
    timer ??= setInterval(look, tickMs).unref();
  };

  const countHeard = () => [...sockets.keys()].reduce((sum, { bytesRead }) => sum + bytesRead, closedBytes);

  const findUnanswered = (now: number) =>
    [...sockets].flatMap(([socket, openedAt]) =>
      socket.bytesRead === 0 && now - openedAt >= quietMs ? socket : [],
    );

  const look = () => {
    const now = Date.now();
    const bytes = countHeard();
    if (bytes !== heardBytes) quietSince = now;
    heardBytes = bytes;
    const isQuiet = now - quietSince >= quietMs;
    const unanswered = findUnanswered(now);
    if (timer && now - askedAt > watchMs) {
      clearInterval(timer);
      timer = null;
    } else if (!isProbing && target && (isQuiet || unanswered.length > 0)) {
      isProbing = true;
      void probe(target, unanswered, isQuiet);
    }
  };

  const probe = async (at: NetConnectOpts, unanswered: readonly Socket[], isQuiet: boolean) => {
    const silent = isQuiet ? [...sockets.keys()] : [];
    const before = countHeard();
    const isAnswered = await saysAnything(at);
    // One far away or busy may take longer to answer a newcomer than whoever it knows.
    const isAlive = isAnswered || countHeard() !== before;
    isProbing = false;
    // The next query begins its own wait, see `noteQuery`.
    if (isQuiet) quietSince = Date.now() + probeEveryMs - quietMs;
    if (!isAlive) silent.forEach(cut);
    else if (isAnswered) unanswered.filter(({ bytesRead }) => bytesRead === 0).forEach(cut);
  };

  return { openSocket, noteQuery };
}

function saysAnything(at: NetConnectOpts): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(at);
    const settle = (isAlive: boolean) => {
      resolve(isAlive);
      socket.destroy();
    };
    // When this process itself was held up, an answer may have come and not been read yet: timers run before sockets.
    socket.setTimeout(probeMs, () => setImmediate(settle, false));
    socket.once("data", () => settle(true));
    socket.once("error", () => settle(false));
    socket.once("close", () => settle(false));
    socket.write(sslRequest);
  });
}

/**
 * Between a socket's error and its end the driver may give it another query, and then forgets that. So an error is for
 * those only whose connecting would else begin anew.
 */
function cut(socket: Socket): void {
  socket.destroy(socket.bytesRead === 0 ? unreachable("says nothing") : undefined);
}

function unreachable(how: string): Error {
  return Object.assign(new Error(`The database server ${how}.`), { code: "CONNECTION_SILENT" });
}
