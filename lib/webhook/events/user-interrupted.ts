import "server-only";
import { z } from "zod";
import { defineEvent } from "@/lib/webhook/define-event";

/** Vapi's `ServerMessageUserInterrupted`: the caller spoke over the assistant. */
export const userInterrupted = defineEvent({
  types: ["user-interrupted"],
  schema: z.looseObject({ turnId: z.string().nullish() }),
  identity: (message) => message.turnId ?? "",
  project: (_message, { at, key }) => ({ marks: [{ key, kind: "interrupted", role: "user", at }] }),
});
