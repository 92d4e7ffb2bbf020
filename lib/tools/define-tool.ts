import "server-only";
import { z } from "zod";

export interface ToolInput<A> {
  args: A;
  callId: string | null;
  conversationId: string | null;
  /** Aborted when the tool's time is up. */
  signal: AbortSignal;
}

interface ToolDefinition<A> {
  /** As the assistant calls it. */
  name: string;
  description: string;
  parameters: z.ZodType<A>;
  /** @returns what the assistant is told. A throw becomes an error it can speak of. */
  run: (input: ToolInput<A>) => Promise<string>;
}

/** A function an assistant may call, its parameter type sealed in. */
export interface Tool {
  name: string;
  description: string;
  /** JSON Schema of the parameters, to paste into a Vapi tool. */
  parameters: Record<string, unknown>;
  /** @throws z.ZodError when the arguments do not fit, or whatever the tool throws. */
  call: (input: ToolInput<unknown>) => Promise<string>;
}

export function defineTool<A>(definition: ToolDefinition<A>): Tool {
  return {
    name: definition.name,
    description: definition.description,
    parameters: z.toJSONSchema(definition.parameters, { target: "draft-7" }),
    call: (input) => definition.run({ ...input, args: definition.parameters.parse(input.args) }),
  };
}
