import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { Tally } from "../../delivery/tally";
import { defaultCallOptions } from "../../simulator/call-options";
import { startControlServer } from "../../simulator/live/control-server";
import { simulate } from "../../simulator/simulate";
import type { Parts } from "./create-parts";

export type Simulator = {
  /** A POST to it starts a simulated call. */
  url: string;
  /** Host for listening to and controlling its calls, in the format of OUTGOING_ALLOWED_HOSTS. */
  controlHost: string;
  /** Drops all live calls without notifying Earshot. Once it resolves, no more of their events are sent. */
  hangUp: () => Promise<void>;
};

/** Where simulated calls are posted; known only once the app runs. */
type Target = { url: string; secret: string; publicKey: string | undefined };

/** Starts a loopback server that starts one simulated call per POST, for the board's button. */
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
    // The tools get their own server: those Earshot lacks would fail and soon raise an incident.
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
