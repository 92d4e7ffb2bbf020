import { db } from "@/db/client";
import { addNote } from "@/db/queries/reports/review";
import { route } from "@/lib/http/server/route";
import { noteSchema, reviewSchema } from "@/lib/reports/review";
import { viewReview } from "@/lib/reports/server/view";

export const POST = route("POST", "/api/calls/[callId]/notes", {
  access: "calls.review",
  summary: "Add a note to a call",
  body: noteSchema,
  answer: reviewSchema,
  status: 201,
  notFound: { title: "No such call", detail: "No call has this ID." },
  async handle({ params: { callId }, body, actor, notFound }) {
    const isThere = await addNote(db, callId, body.text, { id: actor.id, name: actor.name });
    return (isThere && (await viewReview(db, actor, callId))) || notFound();
  },
});
