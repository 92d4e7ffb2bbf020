import { type Role, roles } from "@/lib/auth/roles";

const meanings: Readonly<Record<Role, string>> = {
  viewer: "Viewer: sees calls with caller data hidden",
  operator: "Operator: works with calls",
  admin: "Admin: manages everything",
};

/** The roles as options, each with what it allows. */
export const roleOptions = roles.map((role) => ({ value: role, label: meanings[role] }));

/** The labels alone, for lists. */
export const roleNames = roles.map((role) => ({ value: role, label: meanings[role].split(":")[0] ?? role }));
