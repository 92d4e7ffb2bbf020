import "server-only";
import { z } from "zod";
import { defineEvent } from "@/lib/webhook/server/define-event";

export const hangSchema = z.looseObject({});

/**
 * Vapi's `ServerMessageHang`: a warning that the assistant is slow to answer. It never ends a call: recorded 3.7 s
 * after a model-output while the call went on.
 */
export const hang = defineEvent({
  types: ["hang"],
  schema: hangSchema,
  isBrief: true,
  project: (_message, { at, key }) => ({
    call: { hangAt: at, hangs: 1 },
    marks: [{ key, kind: "hang", at }],
  }),
});
