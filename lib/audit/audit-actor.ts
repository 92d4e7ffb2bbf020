/** Who an audit entry is about: an Actor of lib/auth, a script on the server, or somebody nobody knows. */
export type AuditActor =
  | { kind: "person" | "api-key"; id: string; name: string }
  | { kind: "system"; name: string }
  | { kind: "nobody" };
