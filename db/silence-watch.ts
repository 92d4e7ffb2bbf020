import { connect, type NetConnectOpts, Socket } from "node:net";

/** The server's address in the driver's form: several hosts if DATABASE_URL names several. */
interface Where {
  host: string[];
  port: number[];
  path?: string | undefined;
}

const tickMs = 200;
/**
 * After this long without a byte following a query, check whether the server still answers. Most queries take
 * milliseconds.
 */
const quietMs = 600;
/** Together with `quietMs`, stays within the two seconds that callers wait for the database. */
const probeMs = 800;
/** A long statement is silent too: interval between checks while one runs alone. */
const probeEveryMs = 3_000;
const watchMs = 10_000;

/** PostgreSQL's SSLRequest, the first message a client may send: a live server answers it with one byte at once. */
const sslRequest = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]);

/**
 * Notices a server that accepts connections but never answers, or that left the network without closing them. TCP would
 * notice after minutes and the driver never: each query would wait, and its connection be lost to the pool. Instead all
 * connections are closed, so that waiting queries fail and later ones find the server once it is back.
 *
 * A long statement is left alone, because the server still answers others. A connection that has received nothing is
 * closed when the server answers another: what it sent during the silence is lost.
 */
export function createSilenceWatch() {
  /** When each socket was opened (ms since the epoch). */
  const sockets = new Map<Socket, number>();
  let opened = 0;
  let target: NetConnectOpts | null = null;
  let closedBytes = 0;
  let seenBytes = 0;
  let quietSince = 0;
  let askedAt = 0;
  let isProbing = false;
  let timer: NodeJS.Timeout | null = null;

  /** The driver's `socket` option. */
  const openSocket = ({ host, port, path }: Where): Socket => {
    const index = opened++ % port.length;
    const name = host[index] ?? "localhost";
    target = path ? { path } : { host: name, port: port[index] ?? 5432 };
    // The driver reads `host` when it asks for the server's certificate.
    const socket = Object.assign(new Socket(), path ? {} : { host: name });
    sockets.set(socket, Date.now());
    socket.once("close", () => {
      sockets.delete(socket);
      closedBytes += socket.bytesRead;
    });
    // A proxy whose server is gone closes connections without sending a byte. The driver would retry forever with the
    // query waiting.
    socket.once("end", () => {
      if (socket.bytesRead === 0) socket.destroy(unreachable("closed the connection without responding"));
    });
    return socket.connect(target);
  };

  /** Call it before each query or transaction. */
  const recordQuery = () => {
    askedAt = Date.now();
    quietSince = timer ? Math.min(quietSince, askedAt) : askedAt;
    timer ??= setInterval(check, tickMs).unref();
  };

  const countBytes = () => [...sockets.keys()].reduce((sum, { bytesRead }) => sum + bytesRead, closedBytes);

  const findUnanswered = (now: number) =>
    [...sockets].flatMap(([socket, openedAt]) =>
      socket.bytesRead === 0 && now - openedAt >= quietMs ? socket : [],
    );

  const check = () => {
    const now = Date.now();
    const bytes = countBytes();
    if (bytes !== seenBytes) quietSince = now;
    seenBytes = bytes;
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
    const before = countBytes();
    const isAnswered = await isResponding(at);
    // A distant or busy server may answer its open connections before a new one.
    const isAlive = isAnswered || countBytes() !== before;
    isProbing = false;
    // The next query starts its own wait, see `recordQuery`.
    if (isQuiet) quietSince = Date.now() + probeEveryMs - quietMs;
    if (!isAlive) silent.forEach(cut);
    else if (isAnswered) unanswered.filter(({ bytesRead }) => bytesRead === 0).forEach(cut);
  };

  return { openSocket, noteQuery: recordQuery };
}

function isResponding(at: NetConnectOpts): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(at);
    const settle = (isAlive: boolean) => {
      resolve(isAlive);
      socket.destroy();
    };
    // If this process was blocked, an answer may have arrived but not been read: timers run before sockets.
    socket.setTimeout(probeMs, () => setImmediate(settle, false));
    socket.once("data", () => settle(true));
    socket.once("error", () => settle(false));
    socket.once("close", () => settle(false));
    socket.write(sslRequest);
  });
}

/**
 * Between a socket's error and its end the driver may assign it another query and then forget it. So only a socket that is
 * still connecting gets an error.
 */
function cut(socket: Socket): void {
  socket.destroy(socket.bytesRead === 0 ? unreachable("is not responding") : undefined);
}

function unreachable(how: string): Error {
  return Object.assign(new Error(`The database server ${how}.`), { code: "CONNECTION_SILENT" });
}
