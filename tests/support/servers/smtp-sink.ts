import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { createInterface } from "node:readline";

export type SmtpSink = {
  url: string;
  /** The next mail that comes, as it was sent: headers and text. */
  nextMail: () => Promise<string>;
  /** How many mails have come. */
  count: () => number;
  /** The next connection, whatever comes of it. */
  nextConnection: () => Promise<void>;
  close: () => Promise<void>;
};

interface Manners {
  /** Where it listens; anywhere that is free without it. */
  port?: number;
  /** False: says nothing at all to this client. */
  greet?: () => boolean;
  /** Asked when a mail has come: false leaves its sender without a word of it. */
  take?: () => boolean;
}

/** A mail server on loopback that takes every mail and delivers none (RFC 5321, as much as a client needs). */
export async function startSmtpSink({
  port: wanted = 0,
  greet = () => true,
  take = () => true,
}: Manners = {}): Promise<SmtpSink> {
  const mails: string[] = [];
  const waiting: ((mail: string) => void)[] = [];
  const sockets = new Set<Socket>();
  let count = 0;
  const connected: (() => void)[] = [];
  const keep = (mail: string) => {
    count += 1;
    const next = waiting.shift();
    if (next) next(mail);
    else mails.push(mail);
    return take();
  };

  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    for (const tell of connected.splice(0)) tell();
    socket.on("error", () => socket.destroy());
    if (greet()) void converse(socket, keep);
  });
  server.listen(wanted, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  return {
    url: `smtp://127.0.0.1:${port}`,
    nextMail: async () => mails.shift() ?? new Promise((resolve) => waiting.push(resolve)),
    count: () => count,
    nextConnection: () => new Promise((resolve) => connected.push(resolve)),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

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
