import "server-only";
import { z } from "zod";
import { defineEvent } from "@/lib/webhook/define-event";

export const callDeletedSchema = z.looseObject({});

/** Vapi's `ServerMessageCallDeleted`. What Vapi has deleted is its own copy; ours says so and stays (lib/privacy). */
export const callDeleted = defineEvent({
  types: ["call.deleted"],
  schema: callDeletedSchema,
  isPostscript: true,
  project: (_message, { at, key }) => ({ marks: [{ key, kind: "deleted", at }] }),
});
