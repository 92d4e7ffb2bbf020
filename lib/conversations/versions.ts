import * as z from "zod";
import type { Actor } from "@/lib/auth/roles";

/** A conversation's context, and which version it is. */
export interface ContextState {
  context: Record<string, unknown>;
  version: number;
}

/** What came of a wish to change a conversation's context. */
export type ContextChange =
  | ({ outcome: "changed" } & ContextState)
  /** It says so already; no version was made. */
  | ({ outcome: "unchanged" } & ContextState)
  /** It is no longer the version the wish was about: this is what it is now. */
  | ({ outcome: "conflict" } & ContextState)
  /** There is no such conversation, or no such version to restore. */
  | { outcome: "unknown" }
  /** What would come of it cannot be a context. Nothing was changed. */
  | { outcome: "invalid"; why: string };

/** Whoever changed a context. Names are copied, for people, keys and tools may be gone when somebody reads it. */
export const contextWriterSchema = z.object({
  kind: z.enum(["person", "api-key", "tool", "system"]),
  /** A person's or key's id, a tool call's id; null for the system. */
  id: z.string().nullable(),
  /** A person's or key's name, a tool's name, or what the system did it for. */
  name: z.string(),
});

export type ContextWriter = z.infer<typeof contextWriterSchema>;

/**
 * How a version came to be. `made`: with the conversation; `patched`: some keys; `replaced`: as a whole; `restored`: an
 * earlier one again; `forgotten`: retention or a deletion took it all.
 */
export const versionKindSchema = z.enum(["made", "patched", "replaced", "restored", "forgotten"]);

/** One version of a conversation's context. */
export const conversationVersionSchema = z.object({
  version: z.number().int(),
  context: z.record(z.string(), z.unknown()),
  kind: versionKindSchema,
  by: contextWriterSchema,
  /** What it touched: `customer.name`, `items.2`. The first few. */
  changed: z.array(z.string()),
  restored: z.number().int().nullable(),
  at: z.iso.datetime(),
});

/** A version's number as it stands in a URL. */
export const versionParamSchema = z
  .string()
  .regex(/^[1-9]\d{0,8}$/)
  .transform(Number);

export type VersionKind = z.infer<typeof versionKindSchema>;
export type ConversationVersion = z.infer<typeof conversationVersionSchema>;

const firstEvent: ContextWriter = { kind: "system", id: null, name: "First event" };

/** The version that stands before anybody has changed a context: no row is kept of it until somebody does. */
export function madeByFirstEvent(now: {
  context: Record<string, unknown>;
  version: number;
  createdAt: Date;
}) {
  const { context, version, createdAt } = now;
  const kind: VersionKind = "made";
  return { version, context, kind, by: firstEvent, changed: [], restored: null, at: createdAt };
}

/** Whoever was let in, as a context's history names them. */
export function toWriter({ kind, id, name }: Actor): ContextWriter {
  return { kind, id, name };
}

/** A version as a list shows it: without the context itself. */
export const listedVersionSchema = conversationVersionSchema.omit({ context: true });

export const versionListSchema = z.object({
  versions: z.array(listedVersionSchema),
  /** The version the next page starts below; null on the last. */
  nextBefore: z.number().int().nullable(),
});

export type ListedVersion = z.infer<typeof listedVersionSchema>;
export type VersionList = z.infer<typeof versionListSchema>;

/** Which versions of a context are asked for. */
export const versionPageSchema = z.object({
  before: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});
