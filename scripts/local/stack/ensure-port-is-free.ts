import { once } from "node:events";
import { createServer } from "node:net";
import { Complaint } from "../cli/complaint";

/** @throws a Complaint that says what to do, when somebody else listens there or we may not */
export async function ensurePortIsFree(port: number, host: string): Promise<void> {
  const server = createServer();
  try {
    server.listen(port, host);
    await once(server, "listening");
  } catch (cause) {
    const isTaken = cause instanceof Error && "code" in cause && cause.code === "EADDRINUSE";
    const problem = isTaken ? "is taken by another program: stop it, or" : `cannot be used on ${host}:`;
    throw new Complaint(`Port ${port} ${problem} choose another port, as with --port ${port + 1}.`, {
      cause,
    });
  }
  server.close();
  await once(server, "close");
}
