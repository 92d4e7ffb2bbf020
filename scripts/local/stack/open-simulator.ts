import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { Tally } from "../../delivery/tally";
import { defaultCallOptions } from "../../simulator/call-options";
import { startControlServer } from "../../simulator/live/control-server";
import { simulate } from "../../simulator/simulate";
import type { Parts } from "./create-parts";

export type Simulator = {
  /** A POST there lets a caller ring. */
  url: string;
  /** Where its calls are listened to and steered, as OUTGOING_ALLOWED_HOSTS names it. */
  controlHost: string;
  /** Ends the calls that go on, without a word to Earshot. Once it resolves, nothing more is sent of them. */
  hangUp: () => Promise<void>;
};

/** Whom a simulated caller rings: known only once the app runs. */
type Target = { url: string; secret: string; publicKey: string | undefined };

/** A server on this machine alone, that lets one simulated caller ring for each POST: what the board's button asks. */
export async function openSimulator({ publicKey, ...target }: Target, parts: Parts): Promise<Simulator> {
  const controlServer = await startControlServer({ port: 0, publicKey });
  parts.add(controlServer.close);
  const running = new Set<Promise<void>>();
  let stop = new AbortController();
  const hangUp = async () => {
    stop.abort();
    stop = new AbortController();
    await Promise.all(running);
  };
  const server = createServer((request, response) => {
    response.writeHead(request.method === "POST" ? 202 : 405).end();
    if (request.method !== "POST") return;
    const progress = { live: 0, done: 0, tally: new Tally() };
    // The tools have a server of their own: those that Earshot does not have would fail, and soon be an incident.
    const options = { ...defaultCallOptions, toolServer: true };
    const one = { calls: 1, concurrency: 1, isForever: false, seed: randomUUID(), call: options };
    const call = simulate({ ...target, ...one, controlServer }, stop.signal, progress)
      .catch((error: unknown) => console.error("A simulated call failed:", error))
      .finally(() => running.delete(call));
    running.add(call);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  parts.add(async () => {
    await hangUp();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  if (typeof address !== "object" || !address) throw new Error("The simulator has no address.");
  return { url: `http://127.0.0.1:${address.port}`, controlHost: controlServer.host, hangUp };
}
