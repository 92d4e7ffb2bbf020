import { z } from "zod";

const overrides = z.looseObject({ variableValues: z.record(z.string(), z.unknown()).optional() }).optional();
const id = z.string().min(1);

/** Our own description of the responses to an assistant-request that Vapi accepts: exactly one way to take the call. */
export const responseCheck = z.union([
  z.strictObject({ assistantId: id, assistantOverrides: overrides }),
  z.strictObject({ assistant: z.looseObject({}), assistantOverrides: overrides }),
  z.strictObject({ squadId: id, squadOverrides: overrides }),
  z.strictObject({
    squad: z.looseObject({ members: z.array(z.looseObject({})).min(1) }),
    squadOverrides: overrides,
  }),
  z.strictObject({ workflowId: id, workflowOverrides: overrides }),
  z.strictObject({
    destination: z.discriminatedUnion("type", [
      z.looseObject({ type: z.literal("number"), number: z.string() }),
      z.looseObject({ type: z.literal("sip"), sipUri: z.string() }),
    ]),
  }),
  z.strictObject({ error: z.string().min(1) }),
]);
