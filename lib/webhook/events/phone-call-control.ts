import "server-only";
import { z } from "zod";
import { hashToUuid } from "@/lib/secrets";
import { defineEvent } from "@/lib/webhook/server/define-event";
import { type ControlOutcome, nameDestination, passOnControl } from "@/lib/webhook/server/transfers";

/** Vapi's `ServerMessagePhoneCallControl`. */
export const phoneCallControlSchema = z.looseObject({
  request: z.enum(["forward", "hang-up"]),
  destination: z.looseObject({}).nullish().catch(null),
});

const outcomeLabels: Readonly<Record<ControlOutcome, string>> = {
  "passed-on": "passed on",
  failed: "could not be passed on",
  "not-set": "no handler is set up for it",
};
const replySchema = z.looseObject({ outcome: z.enum(["passed-on", "failed", "not-set"]) });

/**
 * Subscribing to this message takes hanging up and forwarding away from Vapi. It is passed on at once, before it is
 * recorded, because nothing else will end the caller's wait. Vapi ignores the answer; ours is for the event log.
 */
export const phoneCallControl = defineEvent({
  types: ["phone-call-control"],
  schema: phoneCallControlSchema,
  identity: ({ request, destination }) => `${request} ${nameDestination(destination) ?? ""}`,
  respond: async ({ request, destination }, { callId, stampMs }) => {
    const id = hashToUuid("phone-call-control", callId, stampMs, request, nameDestination(destination));
    const outcome = await passOnControl(id, { callId, request, destination: destination ?? null });
    return { reply: { outcome } };
  },
  project: ({ request, destination }, { at, key }, reply) => {
    const outcome = replySchema.safeParse(reply).data?.outcome ?? "not-set";
    const detail = [nameDestination(destination), outcomeLabels[outcome]].filter(Boolean).join(", ");
    return { marks: [{ key, kind: request === "hang-up" ? "hang-up-asked" : "forward-asked", at, detail }] };
  },
});
