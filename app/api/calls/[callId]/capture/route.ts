import { answerCapture } from "@/lib/events/server/capture";
import { route } from "@/lib/http/server/route";
import { lines } from "@/lib/openapi/operation";

/** The file contains no secrets. */
export const GET = route("GET", "/api/calls/[callId]/capture", {
  access: "events.view",
  summary: "Download a call's events for `npm run replay`",
  answer: lines("The call's webhook bodies"),
  handle: ({ params, by }) => answerCapture(params, by),
});
