import { db } from "@/db/client";
import { countSubject } from "@/db/queries/privacy/subject";
import { route } from "@/lib/http/server/route";
import { subjectCountsSchema, subjectSchema } from "@/lib/privacy/subject";

/** A POST, because URLs are logged and must not contain numbers. */
export const POST = route("POST", "/api/privacy/preview", {
  access: "data.delete",
  summary: "Count the data stored about a caller",
  body: subjectSchema,
  answer: subjectCountsSchema,
  handle: ({ body }) => countSubject(db, body),
});
