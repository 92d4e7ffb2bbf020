import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { createInterface } from "node:readline";

export type SmtpSink = {
  url: string;
  /** The next mail that comes, as it was sent: headers and text. */
  nextMail: () => Promise<string>;
  /** How many mails have come. */
  count: () => number;
  close: () => Promise<void>;
};

/** A mail server on loopback that takes every mail and delivers none (RFC 5321, as much as a client needs). */
export async function startSmtpSink(): Promise<SmtpSink> {
  const mails: string[] = [];
  const waiting: ((mail: string) => void)[] = [];
  const sockets = new Set<Socket>();
  let count = 0;
  const take = (mail: string) => {
    count += 1;
    const next = waiting.shift();
    if (next) next(mail);
    else mails.push(mail);
  };

  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    void converse(socket, take);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  return {
    url: `smtp://127.0.0.1:${port}`,
    nextMail: async () => mails.shift() ?? new Promise((resolve) => waiting.push(resolve)),
    count: () => count,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

async function converse(socket: Socket, take: (mail: string) => void): Promise<void> {
  const say = (line: string) => socket.write(`${line}\r\n`);
  let mail: string[] | null = null;
  say("220 sink");
  for await (const line of createInterface(socket)) {
    if (mail && line !== ".") mail.push(line);
    else if (mail) {
      take(mail.join("\n"));
      mail = null;
      say("250 taken");
    } else if (/^DATA/i.test(line)) {
      mail = [];
      say("354 go on");
    } else if (/^QUIT/i.test(line)) {
      say("221 bye");
      socket.end();
    } else say("250 sink");
  }
}
