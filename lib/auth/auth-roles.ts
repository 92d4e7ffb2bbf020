import { adminAc, userAc } from "better-auth/plugins/admin/access";

/**
 * Our roles in better-auth's terms. Its admin endpoints are not reachable (lib/auth/auth-paths.ts), what a role may do
 * is said in lib/auth/permissions.ts alone; this only names the roles that exist.
 */
export const authRoles = { viewer: userAc, operator: userAc, admin: adminAc };
