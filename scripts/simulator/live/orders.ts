import { z } from "zod";

const controls = [
  "mute-assistant",
  "unmute-assistant",
  "mute-customer",
  "unmute-customer",
  "say-first-message",
] as const;

const text = z.string().trim().min(1);

/** Vapi's `ClientInboundMessage`: the messages that a call's control URL accepts. */
const orderSchema = z.discriminatedUnion("type", [
  z.looseObject({
    type: z.literal("say"),
    content: text,
    endCallAfterSpoken: z.boolean().default(false),
    interruptAssistantEnabled: z.boolean().default(false),
  }),
  z.looseObject({
    type: z.literal("add-message"),
    message: z.looseObject({ role: z.enum(["system", "user", "assistant"]), content: text }),
    triggerResponseEnabled: z.boolean().default(true),
  }),
  z.looseObject({ type: z.literal("control"), control: z.enum(controls) }),
  z.looseObject({
    type: z.literal("transfer"),
    destination: z.discriminatedUnion("type", [
      z.looseObject({ type: z.literal("number"), number: text }),
      z.looseObject({ type: z.literal("sip"), sipUri: text }),
    ]),
    content: text.optional(),
  }),
  z.looseObject({
    type: z.literal("handoff"),
    destination: z.union([
      z.looseObject({ type: z.literal("assistant"), assistantId: text }),
      z.looseObject({ type: z.literal("assistant"), assistantName: text }),
    ]),
  }),
  z.looseObject({ type: z.literal("end-call") }),
]);

export type Order = z.infer<typeof orderSchema>;

const typeSchema = z.looseObject({ type: z.string() });
const types: ReadonlySet<string> = new Set(orderSchema.options.map(({ shape }) => shape.type.value));

/** Parses the order in a body, or returns a sentence that describes the error. */
export function readOrder(body: string): Order | string {
  const json = parse(body);
  const { data: typed } = typeSchema.safeParse(json);
  if (!typed) return "Send JSON with the type of the message.";
  if (!types.has(typed.type)) return `The simulator does not support the message type ${typed.type}.`;
  const parsed = orderSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  return `${issue?.path.join(".") || typed.type}: ${issue?.message ?? "cannot be read"}.`;
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
