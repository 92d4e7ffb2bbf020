import "server-only";
import { z } from "zod";
import { newest } from "@/lib/webhook/rank";
import { defineEvent } from "@/lib/webhook/server/define-event";

/**
 * `assistant.started` is among Vapi's default messages and has no schema; recorded at 97 KB. `newAssistant` is the
 * assistant that speaks from now on, and outranks the one in snapshots.
 */
export const assistantStartedSchema = z.looseObject({
  newAssistant: z.looseObject({ id: z.string().nullish(), name: z.string().nullish() }).nullish(),
});

export const assistantStarted = defineEvent({
  types: ["assistant.started"],
  schema: assistantStartedSchema,
  isBrief: true,
  identity: (message) => message.newAssistant?.id ?? message.newAssistant?.name ?? "",
  project: ({ newAssistant }, { at, key }) => {
    const [id, name] = [newAssistant?.id ?? null, newAssistant?.name ?? null];
    return {
      ...((id || name) && { call: { assistantId: id, assistantName: name, assistantRank: newest(at) } }),
      marks: [{ key, kind: "assistant-started", role: "assistant", at, detail: name ?? id }],
    };
  },
});
