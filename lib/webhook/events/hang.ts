import "server-only";
import { z } from "zod";
import { defineEvent } from "@/lib/webhook/server/define-event";

export const hangSchema = z.looseObject({});

/**
 * Vapi's `ServerMessageHang`: a warning that the assistant is slow to answer. Recorded 3.7 s after a model-output
 * while the call simply went on: it never ends a call.
 */
export const hang = defineEvent({
  types: ["hang"],
  schema: hangSchema,
  project: (_message, { at, key }) => ({
    call: { hangAt: at, hangs: 1 },
    marks: [{ key, kind: "hang", at }],
  }),
});
