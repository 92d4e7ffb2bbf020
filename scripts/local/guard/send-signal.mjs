// @ts-check

/**
 * Signals a process that may already be gone.
 *
 * @param {number} pid a process group when negative
 * @param {NodeJS.Signals | 0} signal 0 only checks that the process exists
 * @returns {boolean} whether the process exists
 */
export function sendSignal(pid, signal) {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    // EPERM: another user's process, so it is alive. Any other error means that it is gone.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
