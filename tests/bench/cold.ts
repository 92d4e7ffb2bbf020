import { randomUUID } from "node:crypto";
import { connect } from "node:net";
import { findFreePort } from "@/scripts/local/find-free-port";
import type { Parts } from "@/scripts/local/stack/create-parts";
import type { Environment } from "@/scripts/local/stack/environment";
import { startNext } from "@/scripts/local/stack/start-next";
import { waitUntil } from "@/scripts/local/wait-until";
import { measureFunction } from "@/scripts/testing/first-load";
import { bareAppFolder, buildBareApp } from "@/tests/bench/start-bare-app";
import { startBenchStack } from "@/tests/bench/start-bench-stack";
import { statusUpdate } from "@/tests/fixtures/status-update";
import { transcriptFinal } from "@/tests/fixtures/transcript-final";

/** From the POST to its response, in milliseconds. */
interface Cold {
  first: number;
  second: number;
}

/**
 * Measures the first and second response after a start as on Vercel, where no timers run, of the webhook (verified,
 * recorded) and of a bare route that does nothing, in turns in one run. The POST is sent as soon as the port is open,
 * so the time includes whatever loads after that.
 */
export async function benchCold({ rounds }: { rounds: number }, parts: Parts): Promise<void> {
  const stack = await startBenchStack(parts);
  await buildBareApp(parts);
  const { PATH, HOME, TMPDIR } = process.env;
  const secret = stack.environment.VAPI_WEBHOOK_SECRET;
  const startBare = () =>
    measureStart(bareAppFolder, { PATH, HOME, TMPDIR }, "/api/bare/ready", secret, parts);
  const startWebhook = () => {
    const environment = { ...stack.environment, VERCEL: "1" };
    return measureStart(".", environment, `/api/webhook/${randomUUID()}`, secret, parts);
  };
  // Warms the disk cache.
  await startBare();
  await startWebhook();
  const results: { bare: Cold; webhook: Cold }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    results.push({ bare: await startBare(), webhook: await startWebhook() });
  }
  const { eagerBytes, files } = measureFunction("api/webhook/[conversationUuid]");
  console.log(
    `The webhook's function loads ${Math.round(eagerBytes / 1_024)} KB of our build, in ${files} files.`,
  );
  console.table((["first", "second"] as const).map((answer) => summarize(answer, results)));
}

async function measureStart(
  folder: string,
  environment: Environment,
  path: string,
  secret: string,
  parts: Parts,
): Promise<Cold> {
  const port = await findFreePort();
  const app = await startNext(
    ["start", folder, "--port", String(port), "--hostname", "127.0.0.1"],
    environment,
  );
  parts.add(app.stop);
  await waitUntil("the app to listen", () => isOpen(port));
  const callId = randomUUID();
  const post = (body: object) => time(`http://127.0.0.1:${port}${path}`, secret, body);
  const atMs = Date.now();
  const first = await post(statusUpdate("in-progress", { callId, with: { timestamp: atMs } }));
  const second = await post(transcriptFinal("user", "Hello?", { callId, with: { timestamp: atMs + 1 } }));
  await app.stop();
  return { first, second };
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

async function time(url: string, secret: string, body: object): Promise<number> {
  const sentAt = performance.now();
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", "x-vapi-secret": secret },
    body: JSON.stringify(body),
  });
  await response.text();
  if (!response.ok) throw new Error(`${url} answered ${response.status}.`);
  return performance.now() - sentAt;
}

function summarize(answer: keyof Cold, results: readonly { bare: Cold; webhook: Cold }[]) {
  const of = (pick: (result: (typeof results)[number]) => number) => {
    const sorted = results.map(pick).toSorted((a, b) => a - b);
    return Math.round((sorted[Math.floor(sorted.length / 2)] ?? Number.NaN) * 100) / 100;
  };
  return {
    answer,
    starts: results.length,
    "bare ms": of(({ bare }) => bare[answer]),
    "webhook ms": of(({ webhook }) => webhook[answer]),
    ratio: of(({ bare, webhook }) => webhook[answer] / bare[answer]),
  };
}
