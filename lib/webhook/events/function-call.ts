import "server-only";
import { z } from "zod";
import { runTool } from "@/lib/tools/run-tool";
import { defineEvent } from "@/lib/webhook/define-event";
import { parseArguments } from "@/lib/webhook/read-tool-calls";
import { redactObject, redactText } from "@/lib/webhook/redact";
import { newest } from "@/lib/webhook/witness";

/** The wire's shape before tool calls (2024), still among Vapi's default messages. It carries no tool call id. */
export const functionCallSchema = z.looseObject({
  functionCall: z.looseObject({
    id: z.string().min(1).nullish(),
    name: z.string().min(1),
    parameters: z
      .union([z.record(z.string(), z.unknown()), z.string().transform(parseArguments)])
      .nullish()
      .transform((value) => value ?? {}),
  }),
});

const replySchema = z.object({ result: z.string().optional(), error: z.string().optional() });

/** The same tools as `tool-calls`, with the old answer `{ result }`. */
export const functionCall = defineEvent({
  types: ["function-call"],
  schema: functionCallSchema,
  identity: ({ functionCall }) =>
    functionCall.id ?? `${functionCall.name} ${JSON.stringify(functionCall.parameters)}`,
  respond: ({ functionCall: { id, name, parameters } }, envelope) =>
    runTool({ id: id ?? "", name, arguments: parameters }, envelope),
  project: ({ functionCall }, { at, key, answeredAt }, reply) => {
    const answer = replySchema.safeParse(reply).data;
    return {
      call: { lastToolName: functionCall.name, lastToolWitness: newest(at) },
      toolCalls: [
        {
          id: functionCall.id ?? key,
          name: functionCall.name,
          arguments: redactObject(functionCall.parameters),
          askedAt: at,
          answeredAt: answer ? answeredAt : null,
          result: answer?.result === undefined ? null : redactText(answer.result),
          error: answer?.error ?? null,
          witness: 1,
        },
      ],
    };
  },
});
