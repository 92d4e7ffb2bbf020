import { db } from "@/db/client";
import { callerHistorySchema } from "@/lib/calls/list";
import { route } from "@/lib/http/server/route";
import { viewCallerHistory } from "@/lib/privacy/server/view-calls";

export const GET = route("GET", "/api/calls/[callId]/caller", {
  access: "calls.view",
  summary: "List earlier calls from a call's number",
  answer: callerHistorySchema,
  notFound: { title: "No such call", detail: "No events of this call have arrived." },
  handle: async ({ params: { callId }, actor, notFound }) =>
    (await viewCallerHistory(db, actor, callId)) ?? notFound(),
});
