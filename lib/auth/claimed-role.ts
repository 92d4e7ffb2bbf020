import { type Role, roles } from "@/lib/auth/roles";

/** Where a provider says the role, and how it says it. */
export type RoleClaim = {
  /** A claim's name; where the provider sends none of this name, a path into nested ones: `realm_access.roles`. */
  claim: string;
  /** The provider's words for our roles. */
  map: ReadonlyMap<string, Role>;
  /** For whoever has no word of the map; null: they are not let in. */
  fallback: Role | null;
};

/** The highest role that a provider's claims give, or null. */
export function claimedRole(
  claims: Readonly<Record<string, unknown>>,
  { claim, map, fallback }: RoleClaim,
): Role | null {
  const given = [readClaim(claims, claim)]
    .flat()
    .map((word) => (typeof word === "string" ? map.get(word) : null));
  return roles.findLast((role) => given.includes(role)) ?? fallback;
}

/** Names of claims may have dots of their own, as in `https://example.com/roles`. */
function readClaim(claims: Readonly<Record<string, unknown>>, claim: string): unknown {
  if (Object.hasOwn(claims, claim)) return claims[claim];
  return claim
    .split(".")
    .reduce<unknown>(
      (value, key) => (isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined),
      claims,
    );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
