import * as z from "zod";
import type { Actor } from "@/lib/auth/roles";

/** A conversation's context and its version. */
export interface ContextState {
  context: Record<string, unknown>;
  version: number;
}

/** Outcome of a request to change a conversation's context. */
export type ContextChange =
  | ({ outcome: "changed" } & ContextState)
  /** The context already matches; no version was created. */
  | ({ outcome: "unchanged" } & ContextState)
  /** The required version is no longer the current one, which is returned. */
  | ({ outcome: "conflict" } & ContextState)
  /** No such conversation, or no such version to restore. */
  | { outcome: "unknown" }
  /** The result would not be a valid context. Nothing was changed. */
  | { outcome: "invalid"; why: string };

/** Who changed a context. Names are copied, because people, keys and tools may be deleted before the history is read. */
const contextWriterSchema = z.object({
  kind: z.enum(["person", "api-key", "tool", "system"]),
  /** Id of a person, key or tool call; null for the system. */
  id: z.string().nullable(),
  /** Name of a person, key or tool, or the system's reason. */
  name: z.string(),
});

export type ContextWriter = z.infer<typeof contextWriterSchema>;

/**
 * How a version was created. `made`: with the conversation; `patched`: some keys; `replaced`: as a whole; `restored`:
 * from an earlier version; `forgotten`: emptied by retention or a deletion.
 */
const versionKindSchema = z.enum(["made", "patched", "replaced", "restored", "forgotten"]);

/** One version of a conversation's context. */
export const conversationVersionSchema = z.object({
  version: z.number().int(),
  context: z.record(z.string(), z.unknown()),
  kind: versionKindSchema,
  by: contextWriterSchema,
  /** Changed paths of the context, such as `customer.name` or `items.2`, after the name or answer; only the first few. */
  changed: z.array(z.string()),
  restored: z.number().int().nullable(),
  at: z.iso.datetime(),
});

/** A version number in a URL. */
export const versionParamSchema = z
  .string()
  .regex(/^[1-9]\d{0,8}$/)
  .transform(Number);

export type VersionKind = z.infer<typeof versionKindSchema>;
export type ConversationVersion = z.infer<typeof conversationVersionSchema>;

const firstEvent: ContextWriter = { kind: "system", id: null, name: "First event" };

/** Returns the initial version, which is not stored until someone changes the context. */
export function madeByFirstEvent(now: {
  context: Record<string, unknown>;
  version: number;
  createdAt: Date;
}) {
  const { context, version, createdAt } = now;
  const kind: VersionKind = "made";
  return { version, context, kind, by: firstEvent, changed: [], restored: null, at: createdAt };
}

/** Returns an authenticated actor as a writer in a context's history. */
export function toWriter({ kind, id, name }: Actor): ContextWriter {
  return { kind, id, name };
}

/** A version in a list, without its context. */
const listedVersionSchema = conversationVersionSchema.omit({ context: true });

export const versionListSchema = z.object({
  versions: z.array(listedVersionSchema),
  /** The next page has versions below this one; null on the last page. */
  nextBefore: z.number().int().nullable(),
});

export type ListedVersion = z.infer<typeof listedVersionSchema>;
export type VersionList = z.infer<typeof versionListSchema>;

/** A page of a context's versions. */
export const versionPageSchema = z.object({
  before: z.coerce.number().int().positive().max(2_147_483_647).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});
