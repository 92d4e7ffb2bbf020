import "server-only";
import { z } from "zod";
import type { CallInfo } from "@/lib/tools/server/call-info";

/** What a tool is told beside its arguments. */
export interface ToolRun {
  /** The same for each attempt at this very tool call: what others may tell a repeat by. */
  id: string;
  call: CallInfo;
  conversationId: string | null;
  /** Aborted when the tool's time is up. */
  signal: AbortSignal;
  /** The conversation's shared context; read when asked for, so that a tool without need of it needs no database. */
  context: () => Promise<Record<string, unknown>>;
  /** Merges a patch (RFC 7396) into it, and returns what it is then. */
  patchContext: (patch: Record<string, unknown>) => Promise<Record<string, unknown>>;
}

type ToolInput<A> = ToolRun & { args: A };

interface Shared<A> {
  /** As the assistant calls it. */
  name: string;
  description: string;
  parameters: z.ZodType<A>;
  timeoutMs?: number;
  /** @returns what the assistant is told. A SpokenError is told as it is; of any other throw only that it failed. */
  run: (input: ToolInput<A>) => Promise<string>;
}

/** `read` changes nothing and may run twice. `write` has an effect outside: it runs once, or not at all. */
type ToolDefinition<A> =
  | (Shared<A> & { effect: "read" })
  | (Shared<A> & {
      effect: "write";
      /** The effect in words that follow "whether": "the mail was sent". */
      deed: string;
      /** What it would do, without doing it: checks everything `run` does beforehand. */
      rehearse: (input: ToolInput<A>) => Promise<string>;
    });

/** A function an assistant may call, its parameter type sealed in. */
export interface Tool {
  name: string;
  description: string;
  /** JSON Schema of the parameters. */
  parameters: Record<string, unknown>;
  effect: "read" | "write";
  deed: string;
  timeoutMs: number;
  /** @throws z.ZodError when the arguments do not fit: before anything has been done. */
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
    deed: definition.effect === "write" ? definition.deed : "it was done",
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

/** Without the dialect's name, which Vapi's `parameters` have no place for. */
function toSchema(parameters: z.ZodType): Record<string, unknown> {
  const { $schema: _, ...schema } = z.toJSONSchema(parameters, { target: "draft-7", io: "input" });
  return schema;
}

/** A failure whose message the assistant may say: what went wrong and that nothing was done, without anything secret. */
export class SpokenError extends Error {
  override name = "SpokenError";
}
