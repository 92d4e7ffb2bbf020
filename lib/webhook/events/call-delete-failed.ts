import "server-only";
import { z } from "zod";
import { defineEvent } from "@/lib/webhook/define-event";

export const callDeleteFailedSchema = z.looseObject({});

/** Vapi's `ServerMessageCallDeleteFailed`: somebody wanted the call deleted there, and it was not. */
export const callDeleteFailed = defineEvent({
  types: ["call.delete.failed"],
  schema: callDeleteFailedSchema,
  isPostscript: true,
  project: (_message, { at, key }) => ({ marks: [{ key, kind: "delete-failed", at }] }),
});
