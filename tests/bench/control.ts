import { createHash, randomUUID } from "node:crypto";
import { request } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import postgres from "postgres";
import type { WebSocket } from "ws";
import { percentile } from "@/lib/calls/turns";
import type { Parts } from "@/scripts/local/stack/create-parts";
import { statusUpdate } from "@/tests/fixtures/status-update";
import { startControlServer } from "@/tests/support/servers/control-server";
import { postEvent } from "./post-event";
import { readMemory } from "./read-memory";
import { startBareApp } from "./start-bare-app";
import { startBenchStack } from "./start-bench-stack";

const calls = 10;
const listenersPerCall = 5;
const clicks = 200;
const warmUpClicks = 30;

/** Vapi sends 20 ms at a time: this many bytes of 16 kHz stereo. */
const pieceBytes = 1_280;
const pieceMs = 20;
const key = "earshot_for-the-benchmark-alone";

type Stack = Awaited<ReturnType<typeof startBenchStack>>;
type Vapi = Awaited<ReturnType<typeof startControlServer>>;

/**
 * Measures fifty listeners on one instance, five on each of ten calls: memory per listener, and delay behind Vapi. Then sends
 * orders one by one and measures the time from click to arrival at Vapi, in turns with a bare route's response to the same body.
 */
export async function benchControl({ seconds }: { seconds: number }, parts: Parts): Promise<void> {
  const vapi = await startControlServer();
  parts.add(async () => vapi.stop());
  const bare = await startBareApp(parts);
  const stack = await startBenchStack(parts, { OUTGOING_ALLOWED_HOSTS: vapi.host });
  await addKey(stack.environment.DATABASE_URL);
  const callIds = await Promise.all(Array.from({ length: calls }, () => startCall(stack, vapi)));
  console.table([await measureListening(stack, vapi, callIds, seconds)]);
  console.table([await measureClicks(stack, vapi, bare.url, callIds[0] ?? "")]);
}

async function addKey(databaseUrl: string): Promise<void> {
  const sql = postgres(databaseUrl, { max: 1 });
  const keyHash = createHash("sha256").update(key).digest("hex");
  await sql`insert into api_keys (name, prefix, key_hash, role, created_by) values ('bench', 'bench', ${keyHash}, 'operator', 'bench')`;
  await sql.end();
}

async function startCall(stack: Stack, vapi: Vapi): Promise<string> {
  const callId = randomUUID();
  const { message } = statusUpdate("in-progress", { callId });
  const call = Object.assign({}, message.call, { monitor: vapi.monitorOf(callId) });
  await postEvent(stack, randomUUID(), { ...message, timestamp: Date.now(), call });
  return callId;
}

async function measureListening(stack: Stack, vapi: Vapi, callIds: readonly string[], seconds: number) {
  const first = await listen(stack, callIds[0] ?? "");
  await first.stop();
  const before = readMemory(stack.pid, "VmRSS");
  const wanted = callIds.flatMap((callId) => Array.from({ length: listenersPerCall }, () => callId));
  const listeners = await Promise.all(wanted.map((callId) => listen(stack, callId)));
  const stopSending = sendSound(vapi.listeners);
  await wait(seconds * 1_000);
  const during = readMemory(stack.pid, "VmRSS");
  stopSending();
  await Promise.all(listeners.map(({ stop }) => stop()));
  const delays = listeners.flatMap(({ delaysMs }) => delaysMs);
  return {
    listeners: listeners.length,
    "MB before": before,
    "MB during": during,
    "MB a listener": round((during - before) / listeners.length),
    "delay p50 ms": percentileOf(delays, 0.5),
    "delay p95 ms": percentileOf(delays, 0.95),
    "pieces missing": listeners.length * Math.floor((seconds * 1_000) / pieceMs) - delays.length,
  };
}

/** Listens to a call and measures each piece's delay: its first eight bytes hold the time it was sent. */
async function listen({ localUrl }: Stack, callId: string) {
  const stopping = new AbortController();
  const response = await fetch(`${localUrl}/api/calls/${callId}/listen`, {
    headers: { authorization: `Bearer ${key}` },
    signal: stopping.signal,
  });
  if (!response.ok || !response.body) throw new Error(`Listening was answered ${response.status}.`);
  const delaysMs: number[] = [];
  const reading = readPieces(response.body.getReader(), (piece) =>
    delaysMs.push(performance.now() - piece.readDoubleLE(0)),
  ).catch(() => {});
  return {
    delaysMs,
    stop: async () => {
      stopping.abort();
      await reading;
    },
  };
}

async function readPieces(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  onPiece: (piece: Buffer) => void,
): Promise<void> {
  let rest: Buffer = Buffer.alloc(0);
  let isPastFormat = false;
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    rest = Buffer.concat([rest, value]);
    if (!isPastFormat) {
      const end = rest.indexOf("\n");
      if (end === -1) continue;
      rest = rest.subarray(end + 1);
      isPastFormat = true;
    }
    while (rest.length >= pieceBytes) {
      onPiece(rest.subarray(0, pieceBytes));
      rest = rest.subarray(pieceBytes);
    }
  }
}

/** Sends sound to all listeners as Vapi would. Returns a function that stops it. */
function sendSound(listeners: readonly WebSocket[]): () => void {
  const startedMs = performance.now();
  let sent = 0;
  const timer = setInterval(() => {
    // A late timer catches up.
    for (; sent < (performance.now() - startedMs) / pieceMs; sent += 1) {
      for (const listener of listeners) {
        const piece = Buffer.alloc(pieceBytes);
        piece.writeDoubleLE(performance.now(), 0);
        listener.send(piece);
      }
    }
  }, pieceMs);
  return () => clearInterval(timer);
}

async function measureClicks({ localUrl }: Stack, vapi: Vapi, bareUrl: string, callId: string) {
  const [arrived, answered, bare]: [number[], number[], number[]] = [[], [], []];
  let arrivedMs = 0;
  vapi.state.whenOrdered = () => {
    arrivedMs = performance.now();
  };
  for (let click = -warmUpClicks; click < clicks; click += 1) {
    const body = JSON.stringify({ id: randomUUID(), action: "mute", who: "assistant" });
    const bareMs = await post(`${bareUrl}/api/bare/${callId}`, body);
    const clickedMs = performance.now();
    const answeredMs = await post(`${localUrl}/api/calls/${callId}/control`, body);
    if (click < 0) continue;
    bare.push(bareMs);
    arrived.push(arrivedMs - clickedMs);
    answered.push(answeredMs);
  }
  return {
    clicks,
    "bare route p95 ms": percentileOf(bare, 0.95),
    "arrived at Vapi p50 ms": percentileOf(arrived, 0.5),
    "arrived at Vapi p95 ms": percentileOf(arrived, 0.95),
    "answered p95 ms": percentileOf(answered, 0.95),
  };
}

/** Returns the time from a POST until its response has been read, in ms. */
function post(url: string, body: string): Promise<number> {
  const startedMs = performance.now();
  const headers = { "content-type": "application/json", authorization: `Bearer ${key}` };
  return new Promise((resolve, reject) => {
    const sender = request(url, { method: "POST", headers }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`The answer was ${response.statusCode}.`));
      response.resume().on("end", () => resolve(performance.now() - startedMs));
    });
    sender.on("error", reject).end(body);
  });
}

function percentileOf(values: readonly number[], share: number): number {
  return round(percentile(values, share) ?? Number.NaN);
}

const round = (value: number) => Math.round(value * 100) / 100;
