import * as z from "zod";

/** Each role may do everything the ones before it may. */
export const roles = ["viewer", "operator", "admin"] as const;

export const roleSchema = z.enum(roles);

export type Role = z.infer<typeof roleSchema>;

/** Whether a role stands at or above another. */
export function reachesRole(role: Role, least: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(least);
}

/** A person with a session. */
export type Person = {
  kind: "person";
  id: string;
  name: string;
  email: string;
  role: Role;
  sessionId: string;
};

/** A script with an API key. */
export type KeyHolder = { kind: "api-key"; id: string; name: string; role: Role };

/** Whoever a request was let in as. */
export type Actor = Person | KeyHolder;
