import { answerCapture, noCapture } from "@/lib/events/server/capture";
import { route } from "@/lib/http/server/route";
import { lines } from "@/lib/openapi/operation";
import { uuidSchema } from "@/lib/read-uuid";

/** The file contains no secrets. */
export const GET = route("GET", "/api/conversations/[uuid]/capture", {
  access: "events.view",
  summary: "Download a conversation's events for `npm run replay`",
  params: { uuid: uuidSchema },
  answer: lines("The conversation's webhook bodies"),
  notFound: noCapture,
  handle: ({ params, by }) => answerCapture({ conversationId: params.uuid }, by),
});
