import { db } from "@/db/client";
import { unblockNumber } from "@/lib/dialing/server/dialing";
import { route } from "@/lib/http/server/route";

export const DELETE = route("DELETE", "/api/dialing/do-not-call/[numberHash]", {
  access: "settings.manage",
  summary: "Remove a number from the do-not-call list",
  answer: null,
  notFound: { detail: "This number is not on the do-not-call list." },
  handle: async ({ params, by, notFound }) =>
    (await unblockNumber(db, params.numberHash, by)) ? null : notFound(),
});
