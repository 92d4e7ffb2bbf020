import { randomUUID } from "node:crypto";
import { z } from "zod";
import { listenTo } from "@/lib/control/server/listen";
import { problem } from "@/lib/http/server/http";
import { route } from "@/lib/http/server/route";

/**
 * In seconds, a literal that Next can read. Longer than the default LISTEN_STREAM_SECONDS, after which a stream ends by
 * itself.
 */
export const maxDuration = 300;

const titles = {
  404: "No such call",
  409: "Not available for listening",
  422: "Invalid",
  429: "Too many listeners",
  502: "No audio from Vapi",
} as const;

export const GET = route("GET", "/api/calls/[callId]/listen", {
  access: "calls.listen",
  summary: "Listen to a live call; recorded in the audit log",
  query: z.object({
    /** The listener's id: a player that opens its next stream before this one ends sends the same id. */
    id: z.uuid().optional(),
  }),
  answer: {
    type: "application/octet-stream",
    description:
      "A line of JSON: `sampleRate`, `channels`, `endsAfter` (seconds), and `endedBefore` (why the previous stream ended) if listening resumes; then interleaved signed 16-bit little-endian samples. Of two channels the first is the caller, the second the assistant.",
  },
  async handle({ request, params: { callId }, query: { id = randomUUID() }, actor, by }) {
    const listening = await listenTo(callId, { id, actor, by, signal: request.signal });
    if (listening.status !== 200) {
      return problem(listening.status, titles[listening.status], listening.detail);
    }
    return new Response(listening.body, {
      headers: {
        "content-type": "application/octet-stream",
        // Proxies that buffer or transform responses would delay the sound.
        "cache-control": "no-store, no-transform",
        "x-accel-buffering": "no",
      },
    });
  },
});
