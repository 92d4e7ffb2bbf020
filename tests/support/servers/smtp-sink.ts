import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { createInterface } from "node:readline";

export type SmtpSink = {
  url: string;
  /** Resolves with the next mail (to this address, if given) as it was sent: headers and text. */
  nextMail: (to?: string) => Promise<string>;
  /** Number of mails received (to this address, if given). */
  count: (to?: string) => number;
  /** Resolves at the next connection, whatever its outcome. */
  nextConnection: () => Promise<void>;
  close: () => Promise<void>;
};

interface SmtpSinkOptions {
  /** Port to listen on; any free one if omitted. */
  port?: number;
  /** Return false to send this client nothing at all. */
  greet?: () => boolean;
  /** Called when a mail has arrived; return false to leave its sender without a response. */
  take?: () => boolean;
}

/** Starts a mail server on loopback that accepts every mail and delivers none (RFC 5321, as far as a client needs it). */
export async function startSmtpSink({
  port: wanted = 0,
  greet = () => true,
  take = () => true,
}: SmtpSinkOptions = {}): Promise<SmtpSink> {
  const mails: string[] = [];
  const unread: string[] = [];
  const waiting: { to: string | undefined; resolve: (mail: string) => void }[] = [];
  const sockets = new Set<Socket>();
  const connected: (() => void)[] = [];
  const keep = (mail: string) => {
    mails.push(mail);
    const index = waiting.findIndex(({ to }) => isTo(mail, to));
    if (index === -1) unread.push(mail);
    else waiting.splice(index, 1)[0]?.resolve(mail);
    return take();
  };

  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    for (const resolve of connected.splice(0)) resolve();
    socket.on("error", () => socket.destroy());
    if (greet()) void converse(socket, keep);
  });
  server.listen(wanted, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  return {
    url: `smtp://127.0.0.1:${port}`,
    nextMail: async (to) => {
      const index = unread.findIndex((mail) => isTo(mail, to));
      const [mail] = index === -1 ? [] : unread.splice(index, 1);
      return mail ?? new Promise((resolve) => waiting.push({ to, resolve }));
    },
    count: (to) => mails.filter((mail) => isTo(mail, to)).length,
    nextConnection: () => new Promise((resolve) => connected.push(resolve)),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

const isTo = (mail: string, to: string | undefined) => to === undefined || mail.includes(`\nTo: ${to}\n`);

async function converse(socket: Socket, take: (mail: string) => boolean): Promise<void> {
  const say = (line: string) => socket.write(`${line}\r\n`);
  let mail: string[] | null = null;
  say("220 sink");
  for await (const line of createInterface(socket)) {
    if (mail && line !== ".") mail.push(line);
    else if (mail) {
      const isTaken = take(mail.join("\n"));
      mail = null;
      if (isTaken) say("250 taken");
    } else if (/^DATA/i.test(line)) {
      mail = [];
      say("354 go on");
    } else if (/^QUIT/i.test(line)) {
      say("221 bye");
      socket.end();
    } else say("250 sink");
  }
}
