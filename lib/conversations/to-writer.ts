import type { Actor } from "@/lib/auth/roles";
import type { ContextWriter } from "@/lib/conversations/context-writer";

/** Whoever was let in, as a context's history names them. */
export function toWriter({ kind, id, name }: Actor): ContextWriter {
  return { kind, id, name };
}
