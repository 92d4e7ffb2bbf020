import "server-only";
import { z } from "zod";
import { newest } from "@/lib/webhook/rank";
import { defineEvent } from "@/lib/webhook/server/define-event";
import { nameDestination } from "@/lib/webhook/server/transfers";

const assistantSchema = z
  .looseObject({ id: z.string().nullish(), name: z.string().nullish() })
  .nullish()
  .catch(null);

/** Vapi's `ServerMessageTransferUpdate`: `toAssistant` is set only where the destination is an assistant. */
export const transferUpdateSchema = z.looseObject({
  destination: z.looseObject({}).nullish().catch(null),
  toAssistant: assistantSchema,
});

/** A transfer has happened. The assistant it names speaks from now on, as with `assistant.started`. */
export const transferUpdate = defineEvent({
  types: ["transfer-update"],
  schema: transferUpdateSchema,
  isBrief: true,
  identity: ({ destination, toAssistant }) => nameDestination(destination) ?? toAssistant?.name ?? "",
  leaveOut: ["toAssistant", "fromAssistant"],
  project: ({ destination, toAssistant }, { at, key }) => {
    const [id, name] = [toAssistant?.id ?? null, toAssistant?.name ?? null];
    return {
      ...((id || name) && { call: { assistantId: id, assistantName: name, assistantRank: newest(at) } }),
      marks: [{ key, kind: "transfer", at, detail: nameDestination(destination) ?? name }],
    };
  },
});
