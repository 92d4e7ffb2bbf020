import { z } from "zod";
import { db } from "@/db/client";
import { problem } from "@/lib/http/server/http";
import { route } from "@/lib/http/server/route";
import { deleteSubject } from "@/lib/privacy/server/erase";
import { deletionSchema } from "@/lib/privacy/subject";

/** In seconds: the time limit of a serverless function. */
export const maxDuration = 60;

export const POST = route("POST", "/api/privacy/deletion", {
  access: "data.delete",
  summary: "Delete all data of a caller; repeat the request while `remaining` is above 0",
  body: deletionSchema,
  answer: z.object({ calls: z.int(), remaining: z.int() }),
  async handle({ body: { subject, confirmation }, by }) {
    const deletion = await deleteSubject(db, subject, confirmation, by);
    if (deletion.outcome === "unconfirmed") {
      const detail = "Nothing was deleted: the confirmation does not match. Preview again and type it.";
      return problem(409, "Not confirmed", detail);
    }
    const { calls, remaining } = deletion;
    return { calls, remaining };
  },
});
