import type { IncomingMessage, ServerResponse } from "node:http";
import { serveBytes } from "@/scripts/local/recordings/start-recordings";
import { startServer } from "@/tests/support/servers/start-server";

/**
 * Vapi as far as recordings go: `GET /call/{id}` with signed links, of which only the newest opens; its redirects
 * `/call/{id}/…-recording`; and the storage both lead to.
 */
export async function startVapiRecordings(apiKey: string) {
  const sounds = new Map<string, Buffer>();
  const state = {
    /** How often it was asked for a call; the number of the newest link. */
    asked: 0,
    /** Requests for sound, by their Range. */
    ranges: [] as (string | undefined)[],
    /** How links are told: signed ones, or only the plain name that opens no more, with Vapi's own redirect. */
    links: "signed" as "signed" | "plain" | "none",
    /** Whether the storage tells a file's length before it sends it; or sends it without, whole or cut off half-way. */
    sends: "with length" as "with length" | "in chunks" | "half of it",
    /** Where the links lead, when not here. */
    elsewhere: null as string | null,
  };

  function answer(request: IncomingMessage, response: ServerResponse) {
    const url = new URL(request.url ?? "/", server.url);
    const [, kind, id = "", what] = url.pathname.split("/");
    const sound = sounds.get(id);
    if (kind === "files") {
      state.ranges.push(request.headers.range);
      const isFresh = url.searchParams.get("signature") === String(state.asked);
      if (sound && isFresh) sendSound(request, response, sound);
      else response.writeHead(403).end("expired");
      return;
    }
    if (request.headers.authorization !== `Bearer ${apiKey}`) {
      response.writeHead(401).end();
    } else if (!sound) {
      response.writeHead(404, { "content-type": "application/json" }).end('{"message":"none"}');
    } else if (what) {
      response.writeHead(302, { location: linkTo(id) }).end();
    } else {
      state.asked += 1;
      response
        .writeHead(200, { "content-type": "application/json" })
        .end(JSON.stringify(notifyAfterRecord(id)));
    }
  }

  function sendSound(request: IncomingMessage, response: ServerResponse, sound: Buffer) {
    if (state.sends === "with length") {
      serveBytes(request, response, sound, "audio/wav");
      return;
    }
    response.writeHead(200, { "content-type": "audio/wav" });
    if (state.sends === "in chunks") response.end(sound);
    else response.write(sound.subarray(0, sound.length / 2), () => response.destroy());
  }

  const linkTo = (id: string) => `${state.elsewhere ?? server.url}/files/${id}?signature=${state.asked}`;

  function notifyAfterRecord(id: string) {
    const plain = { recording: { stereoUrl: `${server.url}/files/${id}` } };
    const artifact = { none: {}, plain, signed: { ...plain, presignedStereoUrl: linkTo(id) } }[state.links];
    return { id, orgId: "org", status: "ended", createdAt: "2026-08-01T10:00:00.000Z", artifact };
  }

  const server = await startServer(answer);
  return { ...server, sounds, state };
}
