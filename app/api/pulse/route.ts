import { db } from "@/db/client";
import { getPulse } from "@/db/queries/calls/read";
import { route } from "@/lib/http/server/route";
import { anyObject } from "@/lib/openapi/operation";

/** `{ hour, before }` */
export const GET = route("GET", "/api/pulse", {
  access: "calls.view",
  summary: "Get figures for the last hour and the hour before",
  answer: anyObject,
  handle: () => getPulse(db, new Date()),
});
