import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import postgres from "postgres";
import type { Parts } from "../stack/create-parts";
import type { Environment } from "../stack/environment";
import { findLocalCall } from "./find-local-call";
import { makeWav } from "./make-wav";
import { serveBytes } from "./serve-bytes";

/** Proves nothing: whoever may reach loopback may hear tones. */
const apiKey = "local-recordings";

/**
 * A Vapi on loopback for simulated calls, which nobody has recorded: `GET /call/{id}` of a call that is over, and a
 * recording that sounds whenever somebody spoke. Returns what tells the app of it.
 */
export async function startRecordings(
  given: Environment,
  databaseUrl: string,
  parts: Parts,
): Promise<Environment> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  const server = createServer((request, response) => {
    answer(sql, request, response).catch(() => response.writeHead(500).end());
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

async function answer(sql: postgres.Sql, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, origin } = new URL(request.url ?? "/", `http://${request.headers.host}`);
  const [, kind, id = ""] = pathname.split("/");
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
