import { db } from "@/db/client";
import { callDetailSchema } from "@/lib/calls/detail";
import { toTurns } from "@/lib/calls/turns";
import { route } from "@/lib/http/server/route";
import { viewCallDetail } from "@/lib/privacy/server/view-calls";

export const GET = route("GET", "/api/calls/[callId]", {
  access: "calls.view",
  summary: "Get a call with all its details",
  answer: callDetailSchema,
  notFound: { title: "No such call", detail: "No events of this call have arrived." },
  async handle({ params: { callId }, actor, notFound }) {
    const detail = await viewCallDetail(db, actor, callId);
    return detail ? { ...detail, turns: toTurns(detail.marks) } : notFound();
  },
});
