import "server-only";
import { z } from "zod";
import { defineEvent } from "@/lib/webhook/define-event";
import { nameDestination } from "@/lib/webhook/name-destination";

/** Vapi's `ServerMessagePhoneCallControl`. */
export const phoneCallControlSchema = z.looseObject({
  request: z.enum(["forward", "hang-up"]),
  destination: z.looseObject({}).nullish().catch(null),
});

/** Whoever subscribes to it has taken hanging up and forwarding away from Vapi: the telephone must be told by others. */
export const phoneCallControl = defineEvent({
  types: ["phone-call-control"],
  schema: phoneCallControlSchema,
  identity: ({ request, destination }) => `${request} ${nameDestination(destination) ?? ""}`,
  project: ({ request, destination }, { at, key }) => ({
    marks: [
      {
        key,
        kind: request === "hang-up" ? "hang-up-asked" : "forward-asked",
        at,
        detail: nameDestination(destination),
      },
    ],
  }),
});
