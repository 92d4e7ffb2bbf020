import { existsSync, renameSync, rmSync } from "node:fs";

/**
 * Gives a finished folder its name in one step, so that nobody ever sees half of it. Two scripts may have made the
 * same folder at once: whoever comes second drops its own and keeps the first one's.
 */
export function renameUnlessTaken(finished: string, name: string) {
  try {
    renameSync(finished, name);
  } catch (error) {
    rmSync(finished, { recursive: true, force: true });
    if (!existsSync(name)) throw error;
  }
}
