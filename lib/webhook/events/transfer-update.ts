import "server-only";
import { z } from "zod";
import { defineEvent } from "@/lib/webhook/server/define-event";
import { nextAssistantSchema, readNextAssistant } from "@/lib/webhook/server/snapshot";
import { nameDestination } from "@/lib/webhook/server/transfers";

/** Vapi's `ServerMessageTransferUpdate`: `toAssistant` is set only where the destination is an assistant. */
export const transferUpdateSchema = z.looseObject({
  destination: z.looseObject({}).nullish().catch(null),
  toAssistant: nextAssistantSchema,
});

/** A transfer has happened. The assistant it names speaks from now on, as with `assistant.started`. */
export const transferUpdate = defineEvent({
  types: ["transfer-update"],
  schema: transferUpdateSchema,
  isBrief: true,
  identity: ({ destination, toAssistant }) => nameDestination(destination) ?? toAssistant?.name ?? "",
  leaveOut: ["toAssistant", "fromAssistant"],
  project: (message, { at, key }) => {
    const { destination, toAssistant } = message;
    const call = readNextAssistant(toAssistant, message, at);
    const detail = nameDestination(destination) ?? toAssistant?.name ?? null;
    return { ...(call && { call }), marks: [{ key, kind: "transfer", at, detail }] };
  },
});
