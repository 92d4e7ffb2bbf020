import { randomUUID } from "node:crypto";
import { Agent, request } from "node:http";
import type postgres from "postgres";
import type { Parts } from "@/scripts/local/stack/create-parts";
import { startThrowawayPostgres } from "@/scripts/local/throwaway-postgres";
import { buildCall } from "@/tests/fixtures/build-call";
import { type BrokenPostgres, breakPostgres } from "@/tests/support/database/broken-postgres";
import { ask } from "@/tests/support/deliveries/ask";
import { startBenchStack } from "./start-bench-stack";

/** What a live call sends. */
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
 * Whole calls at the pace of live ones, so many at a time, on a database that says nothing for five seconds; then on one whose
 * every answer comes 500 ms later. Events come when they come, whether or not those before have been answered. What counts: 503s,
 * waits in statements, acknowledged events that are not in the log, and how long after the silence the last one that waited
 * was answered.
 */
export async function benchSlowDatabase({ calls }: { calls: number }, parts: Parts): Promise<void> {
  let proxy: BrokenPostgres | undefined;
  let directUrl = "";
  const stack = await startBenchStack(parts, {}, async () => {
    const server = await startThrowawayPostgres({ isDurable: true });
    const door = await breakPostgres(server.urlOf("postgres"), statementMs);
    parts.add(async () => door.close());
    proxy = door;
    directUrl = server.urlOf("earshot");
    const { port } = new URL(door.url);
    return { ...server, urlOf: (database) => toPort(server.urlOf(database), port) };
  });
  if (!proxy) throw new Error("The stack has started no database.");
  const post = createPoster(`${stack.localUrl}/api/webhook`, stack.environment.VAPI_WEBHOOK_SECRET);
  const play = () => playCalls(post, calls);
  // Until V8 has compiled what is hot, and each connection knows the statements.
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
  // Each connection of the pool is opened, and hears each statement for the first time, in several round trips.
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
  // Kept connections that the server closes at this moment would fail events it has never seen.
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

/** Calls that begin within one event of each other, each event in its time. */
async function playCalls(post: Post, calls: number): Promise<{ callIds: string[]; posted: Posted[] }> {
  const callIds = Array.from({ length: calls }, () => randomUUID());
  const played = callIds.map(async (callId, index) => {
    const { bodies } = buildCall("long", { callId });
    // Of calls that go on now: those of long ago would be silent for as long.
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

/** How many events were acknowledged, and are not in the log a moment later. */
async function countLost(url: string, { callIds, posted }: { callIds: string[]; posted: Posted[] }) {
  const acknowledged = posted.filter(({ status, isLogged }) => status === 200 && isLogged).length;
  // Those that are answered first are recorded after.
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
