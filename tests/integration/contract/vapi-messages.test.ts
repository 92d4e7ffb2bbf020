import type { ValidateFunction } from "ajv";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { findEvent, knownTypes } from "@/lib/webhook/server/registry";
import { modernSamples } from "@/tests/fixtures/samples/modern-samples";
import { samples } from "@/tests/fixtures/samples/samples";
import { deliver } from "@/tests/support/deliveries/deliver";
import { fromJsonSchema } from "@/tests/support/vapi/from-json-schema";
import { ownSchemas } from "@/tests/support/vapi/own-schema";
import { messageSchemas, type Schemas, validatorOf, vapiSchemas } from "@/tests/support/vapi/vapi-schema";

/** `CONTRACT_SEED=…` repeats a run; `LONG=1` takes twenty times as many messages. */
const seed = Number(process.env.CONTRACT_SEED ?? Date.now() % 2 ** 31);
const runs = process.env.LONG ? 100 : 5;

const toolCallsSchema = z.object({ toolCallList: z.array(z.object({ id: z.string() })) });

/** Messages whose answer Vapi waits for, with the answer's schema. Any other message may be answered with anything. */
const answerSchemas: Readonly<Record<string, string>> = {
  "assistant-request": "ServerMessageResponseAssistantRequest",
  "call.endpointing.request": "ServerMessageResponseCallEndpointingRequest",
  "campaign.predial": "ServerMessageResponseCampaignPredial",
  "handoff-destination-request": "ServerMessageResponseHandoffDestinationRequest",
  "knowledge-base-request": "ServerMessageResponseKnowledgeBaseRequest",
  "tool-calls": "ServerMessageResponseToolCalls",
  "transfer-destination-request": "ServerMessageResponseTransferDestinationRequest",
  "voice-request": "ServerMessageResponseVoiceRequest",
};

/** The schema allows an empty list of tool calls, and calls with empty IDs, which cannot be answered. */
function asksForSomething(message: unknown): boolean {
  const calls = toolCallsSchema.safeParse(message).data?.toolCallList;
  return !calls || (calls.length > 0 && calls.every(({ id }) => id !== ""));
}

type Answers = ReadonlyMap<string, ValidateFunction>;

/** Posts a message to the webhook. Returns what is wrong with the answer; null if nothing is. */
async function findFault(message: Record<string, unknown>, answers: Answers): Promise<string | null> {
  const { status, body } = await deliver({ message });
  if (status !== 200) return `answered ${status}`;
  const validate = answers.get(String(message.type));
  if (!validate || validate(body)) return null;
  return `answered ${JSON.stringify(body)}: ${JSON.stringify(validate.errors)}`;
}

function answersBy(schemas: Schemas): Answers {
  return new Map(
    Object.entries(answerSchemas).flatMap(([type, name]) => {
      const schema = schemas[name];
      return schema ? [[type, validatorOf(schema, schemas)] as const] : [];
    }),
  );
}

/** Our own schema always runs; Vapi's if it is available. */
const atHand: (readonly [name: string, Schemas])[] = [
  ["our own schema", ownSchemas],
  ...(vapiSchemas ? [["Vapi's schema", vapiSchemas] as const] : []),
];

describe("the registry of event handlers", () => {
  it("has a handler for every message type in the samples and schemas", () => {
    const types = [
      ...Object.keys(modernSamples),
      ...atHand.flatMap(([, schemas]) => [...messageSchemas(schemas).keys()]),
    ];
    expect(types.filter((type) => !knownTypes.includes(type))).toEqual([]);
  });

  it("has a sample for every handler", () => {
    expect(knownTypes.filter((type) => !(type in modernSamples))).toEqual([]);
  });
});

describe("contract: sample messages", () => {
  const answers = answersBy(vapiSchemas ?? ownSchemas);

  it.each(samples.map(({ name, body }) => [name, body] as const))(
    "%s is answered 200, with a body that fits the schema where Vapi waits for one",
    async (_, { message }) => {
      expect(await findFault(message, answers)).toBeNull();
    },
  );

  it.each(Object.entries(modernSamples))(
    "the current sample of %s is parsed by its handler",
    (type, { message }) => {
      expect(findEvent(type)?.read(message)).toHaveProperty("event");
    },
  );
});

describe.each(atHand)(`random messages of %s (CONTRACT_SEED=${seed})`, (_, schemas) => {
  const answers = answersBy(schemas);
  it.each([...messageSchemas(schemas)])(
    "%s: every message is parsed and answered 200 with a body that fits the schema",
    { timeout: 120_000 },
    async (type, schema) => {
      const isValid = validatorOf(schema, schemas);
      const messages = fromJsonSchema(schema, schemas).filter(
        (message): message is Record<string, unknown> => isValid(message) && asksForSomething(message),
      );
      const taken = fc.asyncProperty(messages, async (message) => {
        expect(findEvent(type)?.read(message)).toHaveProperty("event");
        expect(await findFault(message, answers)).toBeNull();
      });
      await fc.assert(taken, { numRuns: runs, seed, endOnFailure: true });
    },
  );
});
