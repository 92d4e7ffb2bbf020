import { db } from "@/db/client";
import { changeReview } from "@/db/queries/reports/review";
import { route } from "@/lib/http/server/route";
import { reviewChangeSchema, reviewSchema } from "@/lib/reports/review";
import { viewReview } from "@/lib/reports/server/view";

const path = "/api/calls/[callId]/review";
const notFound = { title: "No such call", detail: "No call has this ID." };

export const GET = route("GET", path, {
  access: "calls.view",
  summary: "Get a call's tags, score and notes",
  answer: reviewSchema,
  notFound,
  handle: async ({ params, actor, notFound }) => (await viewReview(db, actor, params.callId)) ?? notFound(),
});

export const PUT = route("PUT", path, {
  access: "calls.review",
  summary: "Set a call's tags, score or both",
  body: reviewChangeSchema,
  answer: reviewSchema,
  notFound,
  async handle({ params: { callId }, body, actor, notFound }) {
    const isThere = await changeReview(db, callId, body, { id: actor.id, name: actor.name });
    return (isThere && (await viewReview(db, actor, callId))) || notFound();
  },
});
