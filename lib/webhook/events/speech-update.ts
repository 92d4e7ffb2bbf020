import "server-only";
import { z } from "zod";
import type { CallFacts } from "@/db/queries/record/facts";
import { speakerSchema } from "@/lib/calls/call";
import { defineEvent } from "@/lib/webhook/server/define-event";

/** Vapi's `ServerMessageSpeechUpdate`; `turn` was added in 2025. */
export const speechUpdateSchema = z.looseObject({
  status: z.enum(["started", "stopped"]),
  role: speakerSchema,
  turn: z.number().int().min(0).max(32_767).nullish().catch(null),
});

export const speechUpdate = defineEvent({
  types: ["speech-update"],
  schema: speechUpdateSchema,
  isBrief: true,
  identity: (message) => `${message.role} ${message.status} ${message.turn ?? ""}`,
  project: (message, { at, key }) => ({
    call: speechFacts(message, at),
    marks: [
      {
        key,
        kind: message.status === "started" ? "speech-started" : "speech-stopped",
        role: message.role,
        turn: message.turn ?? null,
        at,
      },
    ],
  }),
});

function speechFacts({ role, status }: z.infer<typeof speechUpdateSchema>, at: Date): CallFacts {
  if (role === "user") return status === "started" ? { userStartedAt: at } : { userStoppedAt: at };
  if (status === "stopped") return { assistantStoppedAt: at };
  return { assistantStartedAt: at, assistantSpokeAt: at };
}
