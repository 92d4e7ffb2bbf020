/**
 * Whether this is a time zone by name: "Europe/Berlin". Offsets are none, though some browsers take them: Postgres reads their signs
 * the other way round.
 */
export function isZone(zone: string): boolean {
  if (!/^[a-z]/i.test(zone)) return false;
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: zone }));
  } catch {
    return false;
  }
}
