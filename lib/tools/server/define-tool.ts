import "server-only";
import { z } from "zod";
import type { CallInfo } from "@/lib/tools/server/call-info";

/** Input of a tool besides its arguments. */
export interface ToolRun {
  /** The same for each attempt at one tool call, so that other services can recognize a repeat. */
  id: string;
  call: CallInfo;
  conversationId: string | null;
  /** Aborted when the tool times out. */
  signal: AbortSignal;
  /** Returns the conversation's shared context. Read on demand, so that a tool that does not use it needs no database. */
  context: () => Promise<Record<string, unknown>>;
  /** Merges a patch (RFC 7396) into the context and returns the result. */
  patchContext: (patch: Record<string, unknown>) => Promise<Record<string, unknown>>;
}

type ToolInput<A> = ToolRun & { args: A };

interface Shared<A> {
  /** The name that assistants use. */
  name: string;
  description: string;
  parameters: z.ZodType<A>;
  timeoutMs?: number;
  /**
   * @returns the result for the assistant. It gets the message of a SpokenError; of other errors only that the tool
   * failed.
   */
  run: (input: ToolInput<A>) => Promise<string>;
}

/** `read` changes nothing and may run twice. `write` has an external effect: it runs once or not at all. */
type ToolDefinition<A> =
  | (Shared<A> & { effect: "read" })
  | (Shared<A> & {
      effect: "write";
      /** The effect as a clause that follows "whether": "the e-mail was sent". */
      effectClause: string;
      /** Describes what it would do, without doing it. Makes the same checks as `run`. */
      rehearse: (input: ToolInput<A>) => Promise<string>;
    });

/** A function that assistants can call, with its parameter type erased. */
export interface Tool {
  name: string;
  description: string;
  /** JSON Schema of the parameters. */
  parameters: Record<string, unknown>;
  effect: "read" | "write";
  effectClause: string;
  timeoutMs: number;
  /** Validates the arguments before anything is done. @throws z.ZodError */
  prepare: (args: unknown) => PreparedTool;
}

export interface PreparedTool {
  run: (about: ToolRun) => Promise<string>;
  rehearse: (about: ToolRun) => Promise<string>;
}

const usualTimeoutMs = 10_000;

export function defineTool<A>(definition: ToolDefinition<A>): Tool {
  const { name, description, parameters, effect, run, timeoutMs = usualTimeoutMs } = definition;
  const rehearse = definition.effect === "write" ? definition.rehearse : run;
  return {
    name,
    description,
    effect,
    timeoutMs,
    effectClause: definition.effect === "write" ? definition.effectClause : "it was done",
    parameters: toSchema(parameters),
    prepare: (input) => {
      const args = parameters.parse(input);
      return {
        run: (about) => run({ ...about, args }),
        rehearse: (about) => rehearse({ ...about, args }),
      };
    },
  };
}

/** Leaves out `$schema`, which Vapi's `parameters` do not allow. */
function toSchema(parameters: z.ZodType): Record<string, unknown> {
  const { $schema: _, ...schema } = z.toJSONSchema(parameters, { target: "draft-7", io: "input" });
  return schema;
}

/** A failure whose message the assistant may speak: what went wrong and that nothing was done, without secrets. */
export class SpokenError extends Error {
  override name = "SpokenError";
}
