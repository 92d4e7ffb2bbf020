import diff from "microdiff";

/** One place in which two contexts differ. */
export type Change =
  | { type: "CREATE"; path: (string | number)[]; value: unknown }
  | { type: "REMOVE"; path: (string | number)[]; oldValue: unknown }
  | { type: "CHANGE"; path: (string | number)[]; value: unknown; oldValue: unknown };

/** Every place in which two contexts differ, by where it is. */
export function listChanges(before: Record<string, unknown>, after: Record<string, unknown>): Change[] {
  return diff(before, after, { cyclesFix: false });
}
