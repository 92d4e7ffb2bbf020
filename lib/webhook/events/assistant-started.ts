import "server-only";
import { z } from "zod";
import { defineEvent } from "@/lib/webhook/server/define-event";
import { nextAssistantSchema, readNextAssistant } from "@/lib/webhook/server/snapshot";

/**
 * `assistant.started` is among Vapi's default messages and has no schema; recorded at 97 KB. `newAssistant` is the
 * assistant that speaks from now on, and outranks the one in snapshots.
 */
export const assistantStartedSchema = z.looseObject({
  newAssistant: nextAssistantSchema,
});

export const assistantStarted = defineEvent({
  types: ["assistant.started"],
  schema: assistantStartedSchema,
  isBrief: true,
  identity: (message) => message.newAssistant?.id ?? message.newAssistant?.name ?? "",
  project: (message, { at, key }) => {
    const { newAssistant } = message;
    const call = readNextAssistant(newAssistant, message, at);
    const detail = newAssistant?.name ?? newAssistant?.id ?? null;
    return {
      ...(call && { call }),
      marks: [{ key, kind: "assistant-started", role: "assistant", at, detail }],
    };
  },
});
