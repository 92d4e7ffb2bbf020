import type { Vapi } from "@vapi-ai/server-sdk";
import type { z } from "zod";
import type {
  overridesSchema,
  RoutingReply,
  transientAssistantSchema,
  transientSquadSchema,
} from "@/lib/routing/routing";
import type { Plain } from "@/tests/types/plain";

/*
 * Checked at compile time only: a rule's answers match Vapi's own SDK in both directions. Our schema accepts whatever
 * the SDK accepts, and the SDK accepts whatever our schema has checked.
 */

/** Parts of which only the provider is checked: the SDK has dozens of types for each. */
type Provided = "model" | "voice" | "transcriber";

/** The properties a loose schema has checked, without the others that it allows. */
type Checked<T> = T extends readonly (infer E)[]
  ? Checked<E>[]
  : T extends object
    ? { [K in keyof T as string extends K ? never : K extends Provided ? never : K]: Checked<T[K]> }
    : T;

type Takes<Schema extends z.ZodType, Given> = Plain<Given> extends z.input<Schema> ? true : false;
type Fits<Ours, Theirs> = [Checked<Ours>] extends [Theirs] ? true : false;

export const isTaken: {
  assistant: Takes<typeof transientAssistantSchema, Omit<Vapi.CreateAssistantDto, "metadata">>;
  overrides: Takes<typeof overridesSchema, Omit<Vapi.AssistantOverrides, "metadata" | "variableValues">>;
} = { assistant: true, overrides: true };

export const isKnown: {
  assistant: Fits<z.output<typeof transientAssistantSchema>, Vapi.CreateAssistantDto>;
  overrides: Fits<z.output<typeof overridesSchema>, Vapi.AssistantOverrides>;
  squad: Fits<z.output<typeof transientSquadSchema>, Vapi.CreateSquadDto>;
  reply: Fits<RoutingReply, Vapi.ServerMessageResponseAssistantRequest>;
} = { assistant: true, overrides: true, squad: true, reply: true };
