import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import postgres from "postgres";
import { z } from "zod";
import { type Mark, markSchema } from "@/lib/calls/parts";
import { toTurns } from "@/lib/calls/turns";
import {
  createVapiSettings,
  putLocalSettings,
  serveSettings,
} from "@/scripts/local/recordings/vapi-settings";
import type { Parts } from "../stack/create-parts";
import type { Environment } from "../stack/environment";

const rate = 8_000;

interface Tone {
  channel: 0 | 1;
  fromSeconds: number;
  toSeconds: number;
}

/** Creates a stereo recording (8 kHz, 16 bits) of silence with a tone wherever a speaker talks. */
export function makeWav(seconds: number, tones: readonly Tone[] = []): Buffer {
  const frames = Math.round(seconds * rate);
  const wav = Buffer.alloc(44 + frames * 4);
  wav.write("RIFF", 0);
  wav.writeUInt32LE(36 + frames * 4, 4);
  wav.write("WAVEfmt ", 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(2, 22);
  wav.writeUInt32LE(rate, 24);
  wav.writeUInt32LE(rate * 4, 28);
  wav.writeUInt16LE(4, 32);
  wav.writeUInt16LE(16, 34);
  wav.write("data", 36);
  wav.writeUInt32LE(frames * 4, 40);
  for (const { channel, fromSeconds, toSeconds } of tones) {
    const [from, to] = [
      Math.max(0, Math.round(fromSeconds * rate)),
      Math.min(frames, Math.round(toSeconds * rate)),
    ];
    for (let frame = from; frame < to; frame += 1) {
      const swing = Math.sin((frame * 2 * Math.PI * (channel === 0 ? 220 : 330)) / rate);
      // Rises and falls like syllables.
      const loudness = 0.55 + 0.45 * Math.sin((frame * 2 * Math.PI * 4) / rate);
      wav.writeInt16LE(Math.round(swing * loudness * 9_000), 44 + frame * 4 + channel * 2);
    }
  }
  return wav;
}

interface LocalCall {
  seconds: number;
  tones: Tone[];
}

const rowSchema = z.object({ started: z.date(), ended: z.date() });
/** An hour takes 115 MB. */
const mostSeconds = 3_600;

/** Returns how long a call of the local database lasted and when each side spoke, or null unless the call is over. */
async function findLocalCall(sql: postgres.Sql, id: string): Promise<LocalCall | null> {
  const [call] = await sql`
    select coalesce(started_at, created_at) as started, coalesce(ended_at, last_event_at) as ended
    from calls where id = ${id} and status = 'ended'`;
  if (!call) return null;
  const { started, ended } = rowSchema.parse(call);
  const marks =
    await sql`select key as id, kind, role, turn, at, detail from marks where call_id = ${id} order by at`;
  const secondsOf = (iso: string) => (Date.parse(iso) - started.getTime()) / 1_000;
  const tones = toTurns(marks.map(toMark), ended.toISOString()).map(
    ({ role, startedAt, stoppedAt }): Tone => ({
      channel: role === "user" ? 0 : 1,
      fromSeconds: secondsOf(startedAt),
      toSeconds: secondsOf(stoppedAt ?? ended.toISOString()),
    }),
  );
  return { seconds: Math.min(mostSeconds, Math.max(1, secondsOf(ended.toISOString()))), tones };
}

function toMark({ at, ...row }: postgres.Row): Mark {
  return markSchema.parse({ ...row, at: at instanceof Date ? at.toISOString() : at });
}

/** Responds with the bytes or the requested range of them: 200, 206 or 416, as object storage does. */
export function serveBytes(
  request: IncomingMessage,
  response: ServerResponse,
  bytes: Buffer,
  contentType: string,
): void {
  const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(request.headers.range ?? "") ?? [];
  const from = first === "" ? (last === "" ? 0 : bytes.length - Number(last)) : Number(first);
  const to = first === "" || last === "" ? bytes.length - 1 : Math.min(Number(last), bytes.length - 1);
  const headers = { "content-type": contentType, "accept-ranges": "bytes" };
  if (from > to) {
    response.writeHead(416, { ...headers, "content-range": `bytes */${bytes.length}` }).end();
    return;
  }
  const isPart = request.headers.range !== undefined;
  response.writeHead(isPart ? 206 : 200, {
    ...headers,
    "content-length": to - from + 1,
    ...(isPart && { "content-range": `bytes ${from}-${to}/${bytes.length}` }),
  });
  response.end(request.method === "HEAD" ? undefined : bytes.subarray(from, to + 1));
}

/** Authenticates no one: anyone with access to loopback may play the tones. */
const apiKey = "local-recordings";

/**
 * Starts a Vapi on loopback for simulated calls, which have no recordings: `GET /call` and `GET /call/{id}` for calls
 * that are over, a recording with tones wherever someone spoke, and assistants to connect. Returns the environment that
 * points the app to it.
 */
export async function startRecordings(
  given: Environment,
  databaseUrl: string,
  parts: Parts,
): Promise<Environment> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  const settings = createVapiSettings();
  putLocalSettings(settings);
  const server = createServer((request, response) => {
    serveSettings(settings, request, response)
      .then((isServed) => (isServed ? undefined : answer(sql, request, response)))
      .catch(() => response.writeHead(500).end());
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  parts.add(async () => {
    server.closeAllConnections();
    server.close();
    await sql.end();
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("A server without a port.");
  const host = `127.0.0.1:${address.port}`;
  const hosts = [given.OUTGOING_ALLOWED_HOSTS, host].filter(Boolean).join(",");
  return { VAPI_API_KEY: apiKey, VAPI_BASE_URL: `http://${host}`, OUTGOING_ALLOWED_HOSTS: hosts };
}

/** Lists calls that have a report, newest first. Simulated calls that sent none are left out. */
async function listLocalCalls(sql: postgres.Sql, asked: URLSearchParams): Promise<string> {
  const from = asked.get("createdAtGe") ?? "-infinity";
  const until = asked.get("createdAtLe") ?? asked.get("createdAtLt") ?? "infinity";
  const rows = await sql`
    select c.id, 'local' as "orgId", 'ended' as status, c.type, c.assistant_id as "assistantId", c.created_at as "createdAt",
      coalesce(c.ended_at, c.last_event_at) as "updatedAt", c.started_at as "startedAt", c.ended_at as "endedAt"
    from calls c join reports r on r.call_id = c.id
    where c.created_at >= ${from}::text::timestamptz and c.created_at <= ${until}::text::timestamptz
      and coalesce(c.ended_at, c.last_event_at) >= ${asked.get("updatedAtGe") ?? "-infinity"}::text::timestamptz
    order by c.created_at desc limit ${Number(asked.get("limit") ?? 100)}`;
  return JSON.stringify(rows);
}

async function answer(sql: postgres.Sql, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, origin, searchParams } = new URL(request.url ?? "/", `http://${request.headers.host}`);
  const [, kind, id = ""] = pathname.split("/");
  if (kind === "call" && id === "") {
    const calls = await listLocalCalls(sql, searchParams);
    response.writeHead(200, { "content-type": "application/json" }).end(calls);
    return;
  }
  const call = await findLocalCall(sql, id.replace(/\.wav$/, ""));
  if (!call) {
    response.writeHead(404, { "content-type": "application/json" }).end('{"message":"No such call."}');
  } else if (kind === "recordings") {
    serveBytes(request, response, makeWav(call.seconds, call.tones), "audio/wav");
  } else {
    const recording = { stereoUrl: `${origin}/recordings/${id}.wav` };
    response
      .writeHead(200, { "content-type": "application/json" })
      .end(JSON.stringify({ id, orgId: "local", status: "ended", artifact: { recording } }));
  }
}
