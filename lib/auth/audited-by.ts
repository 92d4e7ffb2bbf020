import "server-only";
import type { By } from "@/lib/audit/audit";
import type { Actor } from "@/lib/auth/actor";
import { clientAddress } from "@/lib/auth/client-address";

/** Whoever was let in with a request, as the audit log names them: people by e-mail, keys by name. */
export function auditedBy(actor: Actor, request: Request): By {
  const name = actor.kind === "person" ? actor.email : actor.name;
  return { actor: { kind: actor.kind, id: actor.id, name }, ip: clientAddress(request.headers) };
}
