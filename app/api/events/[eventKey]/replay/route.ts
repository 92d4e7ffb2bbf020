import { replayAnswerSchema } from "@/lib/events/event";
import { answerReplay } from "@/lib/events/server/replay";
import { route } from "@/lib/http/server/route";

export const POST = route("POST", "/api/events/[eventKey]/replay", {
  access: "events.replay",
  summary: "Replay one stored event",
  answer: replayAnswerSchema,
  handle: ({ params, by }) => answerReplay(params, {}, by),
});
