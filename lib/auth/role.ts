import { z } from "zod";

/** Each role may do everything the ones before it may. */
export const roles = ["viewer", "operator", "admin"] as const;

export const roleSchema = z.enum(roles);

export type Role = z.infer<typeof roleSchema>;

/** Whether a role stands at or above another. */
export function reachesRole(role: Role, least: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(least);
}
