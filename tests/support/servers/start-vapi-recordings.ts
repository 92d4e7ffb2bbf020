import type { IncomingMessage, ServerResponse } from "node:http";
import { serveBytes } from "@/scripts/local/recordings/start-recordings";
import { startServer } from "@/tests/support/servers/start-server";

/**
 * Serves Vapi's API for recordings: `GET /call/{id}` with signed links, of which only the newest works; its redirects
 * `/call/{id}/…-recording`; and the storage behind both.
 */
export async function startVapiRecordings(apiKey: string) {
  const sounds = new Map<string, Buffer>();
  const state = {
    /** Number of requests for a call, which is also the number of the newest link. */
    asked: 0,
    /** Range headers of requests for sound. */
    ranges: [] as (string | undefined)[],
    /** Which links the API returns: signed ones, or only the plain one that no longer works, with Vapi's own redirect. */
    links: "signed" as "signed" | "plain" | "none",
    /** Whether storage sends a file with its length or without, and then whole or cut off midway. */
    sends: "with length" as "with length" | "in chunks" | "half of it",
    /** Base URL of the links, if not this server. */
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
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(toCallResponse(id)));
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

  function toCallResponse(id: string) {
    const plain = { recording: { stereoUrl: `${server.url}/files/${id}` } };
    const artifact = { none: {}, plain, signed: { ...plain, presignedStereoUrl: linkTo(id) } }[state.links];
    return { id, orgId: "org", status: "ended", createdAt: "2026-08-01T10:00:00.000Z", artifact };
  }

  const server = await startServer(answer);
  return { ...server, sounds, state };
}
