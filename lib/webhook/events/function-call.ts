import "server-only";
import { z } from "zod";
import { runTool } from "@/lib/tools/run-tool";
import { defineEvent } from "@/lib/webhook/define-event";
import { parseArguments, readToolHistory } from "@/lib/webhook/read-tool-calls";
import { redactObject, redactText } from "@/lib/webhook/redact";
import { newest } from "@/lib/webhook/witness";
import { toolWitness } from "@/lib/webhook/witness-tool-history";

/** The wire's shape before tool calls (2024), still among Vapi's default messages. */
export const functionCallSchema = z.looseObject({
  functionCall: z.looseObject({
    id: z.string().min(1).nullish(),
    name: z.string().min(1),
    parameters: z
      .union([z.record(z.string(), z.unknown()), z.string().transform(parseArguments)])
      .nullish()
      .transform((value) => value ?? {}),
  }),
  artifact: z
    .looseObject({ messages: z.array(z.unknown()) })
    .nullish()
    .catch(null),
});

type FunctionCall = z.infer<typeof functionCallSchema>;

const replySchema = z.object({ result: z.string().optional(), error: z.string().optional() });

/** The same tools as `tool-calls`, with the old answer `{ result }`. */
export const functionCall = defineEvent({
  types: ["function-call"],
  schema: functionCallSchema,
  identity: (message) =>
    findId(message) ?? `${message.functionCall.name} ${JSON.stringify(message.functionCall.parameters)}`,
  respond: ({ functionCall: { id, name, parameters } }, envelope) =>
    runTool({ id: id ?? "", name, arguments: parameters }, envelope),
  project: (message, { at, key, answeredAt }, reply) => {
    const { functionCall } = message;
    const answer = replySchema.safeParse(reply).data;
    return {
      call: { lastToolName: functionCall.name, lastToolWitness: newest(at) },
      toolCalls: [
        {
          id: findId(message) ?? key,
          name: functionCall.name,
          arguments: redactObject(functionCall.parameters),
          askedAt: at,
          answeredAt: answer ? answeredAt : null,
          result: answer?.result === undefined ? null : redactText(answer.result),
          error: answer?.error ?? null,
          witness: toolWitness.ownAnswer,
        },
      ],
    };
  },
});

/** It carries no tool call id, but the conversation so far ends with the very call that is asked for. */
function findId({ functionCall, artifact }: FunctionCall): string | null {
  const open = readToolHistory(artifact?.messages).findLast(
    ({ name, result }) => name === functionCall.name && result === null,
  );
  return functionCall.id ?? open?.id ?? null;
}
