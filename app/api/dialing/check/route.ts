import { z } from "zod";
import { db } from "@/db/client";
import { dialingCheckSchema } from "@/lib/dialing/rules";
import { mayDial } from "@/lib/dialing/server/dialing";
import { route } from "@/lib/http/server/route";

/** Gives the answer that Vapi would get. */
export const POST = route("POST", "/api/dialing/check", {
  access: "settings.manage",
  summary: "Check whether a campaign can dial a number",
  body: dialingCheckSchema,
  answer: z.object({ eligible: z.boolean(), reason: z.string().optional() }),
  handle: ({ body: { number, at } }) => mayDial(db, number, at ? new Date(at) : new Date()),
});
