import * as z from "zod";

/** In ascending order: each role includes the permissions of those before it. */
export const roles = ["viewer", "operator", "admin"] as const;

export const roleSchema = z.enum(roles);

export type Role = z.infer<typeof roleSchema>;

/** Whether a role is at least another. */
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
type KeyHolder = { kind: "api-key"; id: string; name: string; role: Role };

/** The person or key that a request is authorized as. */
export type Actor = Person | KeyHolder;
