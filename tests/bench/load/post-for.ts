import { Agent, request } from "node:http";
import { createCopier, type Template } from "./template";

export interface Load {
  url: string;
  secret: string;
  template: Template;
  calls: number;
  /** Number of the first call; loads that need other calls start elsewhere. */
  firstCall: number;
  connections: number;
  seconds: number;
}

export interface LoadResult {
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
  /** Responses other than 200, and failed requests. */
  failures: number;
}

/** Posts copies of the template over `connections` connections, each after the response to the one before. */
export async function postFor(load: Load): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: load.connections });
  const copy = createCopier(load.template, load.calls, load.firstCall);
  const latenciesMs: number[] = [];
  let failures = 0;
  const startedAt = performance.now();
  const endsAt = startedAt + load.seconds * 1000;
  const post = async () => {
    while (performance.now() < endsAt) {
      const sentAt = performance.now();
      const status = await postOnce(load, agent, copy());
      if (status === 200) latenciesMs.push(performance.now() - sentAt);
      else failures += 1;
    }
  };
  await Promise.all(Array.from({ length: load.connections }, post));
  const seconds = (performance.now() - startedAt) / 1000;
  agent.destroy();
  latenciesMs.sort((a, b) => a - b);
  const at = (share: number) => latenciesMs[Math.floor(latenciesMs.length * share)] ?? Number.NaN;
  return { perSecond: latenciesMs.length / seconds, p50Ms: at(0.5), p99Ms: at(0.99), failures };
}

function postOnce({ url, secret }: Load, agent: Agent, body: Buffer): Promise<number> {
  return new Promise((resolve) => {
    const headers = {
      "content-type": "application/json",
      "content-length": body.length,
      "user-agent": "axios/1.8.3",
      "x-vapi-secret": secret,
    };
    const sent = request(url, { method: "POST", agent, headers }, (answer) => {
      answer.resume().on("end", () => resolve(answer.statusCode ?? 0));
    });
    sent.on("error", () => resolve(0)).end(body);
  });
}
