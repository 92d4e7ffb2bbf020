import "server-only";
import { z } from "zod";
import { defineEvent } from "@/lib/webhook/server/define-event";

export const userInterruptedSchema = z.looseObject({ turnId: z.string().nullish() });

/** Vapi's `ServerMessageUserInterrupted`: the caller spoke over the assistant. */
export const userInterrupted = defineEvent({
  types: ["user-interrupted"],
  schema: userInterruptedSchema,
  isBrief: true,
  identity: (message) => message.turnId ?? "",
  project: (_message, { at, key }) => ({ marks: [{ key, kind: "interrupted", role: "user", at }] }),
});
