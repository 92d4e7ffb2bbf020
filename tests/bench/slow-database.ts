import { randomUUID } from "node:crypto";
import { Agent, request } from "node:http";
import type postgres from "postgres";
import type { Parts } from "@/scripts/local/stack/create-parts";
import { startThrowawayPostgres } from "@/scripts/local/throwaway-postgres";
import { buildCall } from "@/tests/fixtures/build-call";
import { type BrokenPostgres, breakPostgres } from "@/tests/support/database/broken-postgres";
import { ask } from "@/tests/support/deliveries/ask";
import { startBenchStack } from "./start-bench-stack";

/** Events per second of a live call. */
const perSecond = 5;
const statementMs = 500;
const silence = { afterMs: 5_000, forMs: 5_000 };

interface Posted {
  sentAt: number;
  answeredAt: number;
  status: number;
  isLogged: boolean;
}

/**
 * Plays whole calls at live pace, `calls` at a time, on a database that hangs for 5 s, then on one whose every response is 500 ms
 * late. Events are sent on time, whether or not earlier ones have been answered. The metrics: 503s, waits in units of statements,
 * acknowledged events missing from the log, and the time after the hang until the last waiting event is answered.
 */
export async function benchSlowDatabase({ calls }: { calls: number }, parts: Parts): Promise<void> {
  let proxy: BrokenPostgres | undefined;
  let directUrl = "";
  const stack = await startBenchStack(parts, {}, async () => {
    const server = await startThrowawayPostgres({ isDurable: true });
    const broken = await breakPostgres(server.urlOf("postgres"), statementMs);
    parts.add(async () => broken.close());
    proxy = broken;
    directUrl = server.urlOf("earshot");
    const { port } = new URL(broken.url);
    return { ...server, urlOf: (database) => toPort(server.urlOf(database), port) };
  });
  if (!proxy) throw new Error("The stack has started no database.");
  const post = createPoster(`${stack.localUrl}/api/webhook`, stack.environment.VAPI_WEBHOOK_SECRET);
  const play = () => playCalls(post, calls);
  // Warms up until V8 has compiled the hot code and each connection has prepared the statements.
  await play();

  const playing = play();
  await pass(silence.afterMs);
  proxy.become("hung");
  await pass(silence.forMs);
  proxy.become("well");
  const healedFrom = performance.now();
  const silent = await playing;
  const lostInSilence = await countLost(directUrl, silent);

  proxy.become("slow");
  // Each connection of the pool needs several round trips to open and to prepare each statement.
  await play();
  const slow = await play();
  const lostWhileSlow = await countLost(directUrl, slow);

  const lastOfSilence = Math.max(
    ...silent.posted.filter(({ sentAt }) => sentAt < healedFrom).map(({ answeredAt }) => answeredAt),
  );
  console.table([
    {
      database: `silent for ${silence.forMs / 1_000} s`,
      ...summarize(silent.posted),
      lost: lostInSilence,
      "healed after s": round((lastOfSilence - healedFrom) / 1_000),
    },
    { database: `${statementMs} ms a statement`, ...summarize(slow.posted), lost: lostWhileSlow },
  ]);
}

function toPort(url: string, port: string): string {
  const moved = new URL(url);
  moved.port = port;
  return moved.href;
}

type Post = (text: string) => Promise<number>;

function createPoster(url: string, secret: string): Post {
  // With keep-alive, a connection that the server is closing would fail events it has never seen.
  const agent = new Agent({ keepAlive: false });
  return (text) =>
    new Promise((resolve) => {
      const headers = {
        "content-type": "application/json",
        "content-length": Buffer.byteLength(text),
        "x-vapi-secret": secret,
      };
      const sent = request(url, { method: "POST", agent, headers }, (answer) => {
        answer.resume().on("end", () => resolve(answer.statusCode ?? 0));
      });
      sent.on("error", () => resolve(0)).end(text);
    });
}

/** Plays calls that start within one event interval of each other, each event on time. */
async function playCalls(post: Post, calls: number): Promise<{ callIds: string[]; posted: Posted[] }> {
  const callIds = Array.from({ length: calls }, () => randomUUID());
  const played = callIds.map(async (callId, index) => {
    const { bodies } = buildCall("long", { callId });
    // Shifted to now: calls of long ago would count as silent for as long.
    const shiftMs = Date.now() - (bodies[0]?.message.timestamp ?? 0);
    const startsAt = performance.now() + ((index / calls) * 1_000) / perSecond;
    return Promise.all(
      bodies.map(async ({ message }, place): Promise<Posted> => {
        const isLogged = message.transcriptType !== "partial";
        await pass(startsAt + (place * 1_000) / perSecond - performance.now());
        const text = JSON.stringify({ message: { ...message, timestamp: message.timestamp + shiftMs } });
        const sentAt = performance.now();
        const status = await post(text);
        return { sentAt, answeredAt: performance.now(), status, isLogged };
      }),
    );
  });
  return { callIds, posted: (await Promise.all(played)).flat() };
}

/** Counts events that were acknowledged but are missing from the log shortly after. */
async function countLost(url: string, { callIds, posted }: { callIds: string[]; posted: Posted[] }) {
  const acknowledged = posted.filter(({ status, isLogged }) => status === 200 && isLogged).length;
  // Events answered first are recorded afterwards.
  await pass(4 * statementMs);
  const count = (sql: postgres.Sql) => sql<{ kept: number }[]>`
    select count(*)::int as kept from events where call_id in ${sql(callIds)}`;
  const [row] = await ask(url, count);
  return Math.max(0, acknowledged - (row?.kept ?? 0));
}

function summarize(posted: readonly Posted[]) {
  const waitsMs = posted
    .filter(({ status }) => status === 200)
    .map(({ sentAt, answeredAt }) => answeredAt - sentAt)
    .sort((a, b) => a - b);
  const at = (share: number) => waitsMs[Math.floor(waitsMs.length * share)] ?? Number.NaN;
  return {
    events: posted.length,
    "503": posted.filter(({ status }) => status === 503).length,
    "other failures": posted.filter(({ status }) => status !== 200 && status !== 503).length,
    "p50 ms": Math.round(at(0.5)),
    "p95 ms": Math.round(at(0.95)),
    "p95 statements": round(at(0.95) / statementMs),
    "max ms": Math.round(at(1 - Number.EPSILON)),
  };
}

const pass = (ms: number) => new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));
const round = (value: number) => Math.round(value * 10) / 10;
