import { replayAnswerSchema, replayFromSchema } from "@/lib/events/event";
import { answerReplay } from "@/lib/events/server/replay";
import { route } from "@/lib/http/server/route";

/** `results` has one entry per event, in order. */
export const POST = route("POST", "/api/calls/[callId]/replay", {
  access: "events.replay",
  summary: "Replay a call's stored events",
  query: replayFromSchema,
  answer: replayAnswerSchema,
  handle: ({ params, query, by }) => answerReplay(params, query, by),
});
