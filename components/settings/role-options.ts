import { type Role, roles } from "@/lib/auth/roles";

const meanings: Readonly<Record<Role, string>> = {
  viewer: "viewer: sees calls, masked",
  operator: "operator: works with calls",
  admin: "admin: manages everything",
};

/** The roles as choices, with what each may do. */
export const roleOptions = roles.map((role) => ({ value: role, label: meanings[role] }));
