import { can } from "@/lib/auth/permissions";
import type { Role } from "@/lib/auth/role";

/** Whether somebody sees calls without callers' numbers, names and e-mail addresses. */
export function isMaskedFor({ role }: { role: Role }): boolean {
  return !can(role, "numbers.view");
}
