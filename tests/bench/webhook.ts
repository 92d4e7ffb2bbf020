import { randomUUID } from "node:crypto";
import postgres from "postgres";
import type { Parts } from "@/scripts/local/stack/create-parts";
import { watchPushes } from "@/tests/support/servers/watch-pushes";
import { templates } from "./bodies";
import type { LoadResult } from "./load/post-for";
import { runLoad } from "./load/run-load";
import type { Template } from "./load/template";
import { readCpuMs } from "./read-cpu-ms";
import { startBareApp } from "./start-bare-app";
import { startBenchStack } from "./start-bench-stack";

export interface WebhookOptions {
  rounds: number;
  seconds: number;
}

/** `cpuMs`: CPU time of the server's process per event. */
type Measured = LoadResult & { cpuMs: number };

interface Round {
  bare: Measured;
  measured: Measured;
}

interface Target {
  url: string;
  pid: number | undefined;
}

/**
 * Enough to keep the server always busy. With 16 it waits for the database a tenth of its time; more than 64 only wait longer.
 */
const connections = 64;
const calls = 100;

/** Until V8 has compiled the hot code, results do not represent a running server. */
const warmUpSeconds = 10;

/**
 * Measures finals of recorded sizes through the webhook (verified, durable, published to an open board) and through a
 * bare route that only parses them, in turns in one run; then through a naive route, which only inserts each body
 * whole. The metric is the ratio of their throughput to the bare one's, per round. Where database, realtime server and
 * load share two cores with the webhook, the ratio of the server's own CPU time is more reliable.
 */
export async function benchWebhook({ rounds, seconds }: WebhookOptions, parts: Parts): Promise<void> {
  const stack = await startBenchStack(parts);
  await createNaiveTable(stack.environment.DATABASE_URL);
  const app = await startBareApp(parts, stack.environment.DATABASE_URL);
  const uuid = randomUUID();
  const bare: Target = { pid: app.pid, url: `${app.url}/api/bare/${uuid}` };
  const targets: [string, Target][] = [
    ["webhook", { pid: stack.pid, url: `${stack.localUrl}/api/webhook/${uuid}` }],
    // Last, because its database keeps writing to disk for long afterwards.
    ["naive", { pid: app.pid, url: `${app.url}/api/naive/${uuid}` }],
  ];
  const secret = stack.environment.VAPI_WEBHOOK_SECRET;
  const countPushes = await watchPushes(stack, parts);
  const post = async ({ url, pid }: Target, template: Template, forSeconds = seconds): Promise<Measured> => {
    const cpuMsBefore = readCpuMs(pid);
    const load = { url, secret, template: stampAnew(template), calls, connections, seconds: forSeconds };
    const result = await runLoad(load);
    return { ...result, cpuMs: (readCpuMs(pid) - cpuMsBefore) / (result.perSecond * forSeconds) };
  };
  const warmUp = async (target: Target) => {
    for (const [, template] of templates) await post(target, template, warmUpSeconds / templates.length);
  };
  await warmUp(bare);
  const rows = [];
  for (const [route, target] of targets) {
    await warmUp(target);
    for (const [body, template] of templates) {
      const pushesBefore = countPushes();
      const results: Round[] = [];
      for (let round = 0; round < rounds; round += 1) {
        results.push({ bare: await post(bare, template), measured: await post(target, template) });
      }
      rows.push({ route, body, ...summarize(results), "messages heard": countPushes() - pushesBefore });
    }
  }
  console.table(rows);
}

async function createNaiveTable(databaseUrl: string): Promise<void> {
  const sql = postgres(databaseUrl, { max: 1 });
  await sql`create table naive (conversation_id uuid, body jsonb)`;
  await sql.end();
}

/** Starts each load now: calls without events for hours are presumed over, and every event would update the archive. */
function stampAnew(template: Template): Template {
  const stampMs = Date.now();
  return { ...template, stampMs, text: template.text.replace(String(template.stampMs), String(stampMs)) };
}

function summarize(results: Round[]) {
  const of = (pick: (round: Round) => number) => median(results.map(pick));
  return {
    "bare /s": Math.round(of(({ bare }) => bare.perSecond)),
    "/s": Math.round(of(({ measured }) => measured.perSecond)),
    ratio: round2(of(({ bare, measured }) => measured.perSecond / bare.perSecond)),
    "cpu ratio": round2(of(({ bare, measured }) => bare.cpuMs / measured.cpuMs)),
    "bare cpu ms": round2(of(({ bare }) => bare.cpuMs)),
    "cpu ms": round2(of(({ measured }) => measured.cpuMs)),
    "bare p99 ms": round2(of(({ bare }) => bare.p99Ms)),
    "p50 ms": round2(of(({ measured }) => measured.p50Ms)),
    "p99 ms": round2(of(({ measured }) => measured.p99Ms)),
    failures: results.reduce((sum, { bare, measured }) => sum + bare.failures + measured.failures, 0),
  };
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

const round2 = (value: number) => Math.round(value * 100) / 100;
