import { existsSync, renameSync, rmSync } from "node:fs";

/**
 * Gives a finished folder its name in one step, so that no other script sees a partial folder. If two scripts made the
 * same folder at once, the second drops its own and uses the first one's.
 */
export function renameUnlessTaken(finished: string, name: string) {
  try {
    renameSync(finished, name);
  } catch (error) {
    rmSync(finished, { recursive: true, force: true });
    if (!existsSync(name)) throw error;
  }
}
