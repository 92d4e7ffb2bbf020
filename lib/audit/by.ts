import type { AuditActor } from "@/lib/audit/audit-actor";

/** Who does something, and from which address: what a change writes into the audit log of itself. */
export type By = { actor: Exclude<AuditActor, { kind: "nobody" }>; ip: string | null };
