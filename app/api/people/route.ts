import { db } from "@/db/client";
import { listPeople } from "@/db/queries/auth/people";
import { route } from "@/lib/http/server/route";
import { listOf } from "@/lib/openapi/operation";

export const GET = route("GET", "/api/people", {
  access: "people.manage",
  summary: "List everyone with an account",
  answer: listOf("people"),
  handle: async () => ({ people: await listPeople(db) }),
});
