import { randomUUID } from "node:crypto";
import type { Parts } from "@/scripts/local/stack/create-parts";
import { templates } from "./bodies";
import type { LoadResult } from "./load/post-for";
import { runLoad } from "./load/run-load";
import type { Template } from "./load/template";
import { readCpuMs } from "./read-cpu-ms";
import { startBareApp } from "./start-bare-app";
import { startBenchStack } from "./start-bench-stack";
import { watchBoard } from "./watch-board";

export interface WebhookOptions {
  rounds: number;
  seconds: number;
}

/** `cpuMs`: of the server's process, for one event. */
type Measured = LoadResult & { cpuMs: number };

const connections = 16;
const calls = 100;

/** Until V8 has compiled what is hot, a server is measured that nobody runs. */
const warmUpSeconds = 10;

/**
 * Finals of recorded sizes, through the webhook (verified, durable, published to an open board) and through a bare
 * route that only parses them, by turns in one run. What counts is the ratio of their throughputs, round by round. Where
 * database, realtime server and load share two cores with the webhook, the ratio of the time a processor spends in the
 * server itself tells more.
 */
export async function benchWebhook({ rounds, seconds }: WebhookOptions, parts: Parts): Promise<void> {
  const bare = await startBareApp(parts);
  const bareUrl = `${bare.url}/api/bare/${randomUUID()}`;
  const stack = await startBenchStack(parts);
  const secret = stack.environment.VAPI_WEBHOOK_SECRET;
  const url = `${stack.localUrl}/api/webhook/${randomUUID()}`;
  const countHeard = await watchBoard(stack, parts);
  const post = async (to: string, [, template]: (typeof templates)[number], forSeconds = seconds) => {
    const { pid } = to === url ? stack : bare;
    const cpuMsBefore = readCpuMs(pid);
    const load = { url: to, secret, template: stampAnew(template), calls, connections, seconds: forSeconds };
    const result = await runLoad(load);
    return { ...result, cpuMs: (readCpuMs(pid) - cpuMsBefore) / (result.perSecond * forSeconds) };
  };
  for (const to of [bareUrl, url]) {
    for (const template of templates) await post(to, template, warmUpSeconds / templates.length);
  }
  const rows = [];
  for (const template of templates) {
    const heardBefore = countHeard();
    const results: { bare: Measured; webhook: Measured }[] = [];
    for (let round = 0; round < rounds; round += 1) {
      results.push({ bare: await post(bareUrl, template), webhook: await post(url, template) });
    }
    rows.push({ body: template[0], ...summarize(results), "messages heard": countHeard() - heardBefore });
  }
  console.table(rows);
}

/** Each load starts now: calls whose last word is hours old are soon taken for ended, which makes of every event one more for the archive. */
function stampAnew(template: Template): Template {
  const stampMs = Date.now();
  return { ...template, stampMs, text: template.text.replace(String(template.stampMs), String(stampMs)) };
}

function summarize(results: { bare: Measured; webhook: Measured }[]) {
  const of = (pick: (result: (typeof results)[number]) => number) => median(results.map(pick));
  return {
    "bare /s": Math.round(of(({ bare }) => bare.perSecond)),
    "webhook /s": Math.round(of(({ webhook }) => webhook.perSecond)),
    ratio: round2(of(({ bare, webhook }) => webhook.perSecond / bare.perSecond)),
    "cpu ratio": round2(of(({ bare, webhook }) => bare.cpuMs / webhook.cpuMs)),
    "bare cpu ms": round2(of(({ bare }) => bare.cpuMs)),
    "webhook cpu ms": round2(of(({ webhook }) => webhook.cpuMs)),
    "bare p99 ms": round2(of(({ bare }) => bare.p99Ms)),
    "webhook p50 ms": round2(of(({ webhook }) => webhook.p50Ms)),
    "webhook p99 ms": round2(of(({ webhook }) => webhook.p99Ms)),
    failures: results.reduce((sum, { bare, webhook }) => sum + bare.failures + webhook.failures, 0),
  };
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

const round2 = (value: number) => Math.round(value * 100) / 100;
