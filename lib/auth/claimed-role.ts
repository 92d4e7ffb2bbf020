import { type Role, roles } from "@/lib/auth/roles";

/** The claim in which a provider gives the role, and how its values map to ours. */
type RoleClaim = {
  /** Name of the claim; if the provider sends none of this name, a path into nested claims: `realm_access.roles`. */
  claim: string;
  /** Our role for each of the provider's values. */
  map: ReadonlyMap<string, Role>;
  /** Role of people without a mapped value; null denies them access. */
  fallback: Role | null;
};

/** The highest role in a provider's claims, else the fallback. */
export function claimedRole(
  claims: Readonly<Record<string, unknown>>,
  { claim, map, fallback }: RoleClaim,
): Role | null {
  const given = [readClaim(claims, claim)]
    .flat()
    .map((word) => (typeof word === "string" ? map.get(word) : null));
  return roles.findLast((role) => given.includes(role)) ?? fallback;
}

/** The full name is tried first, because names of claims may contain dots: `https://example.com/roles`. */
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
