import type { Role } from "@/lib/auth/role";

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
