// @ts-check

/**
 * Signals a process that may be gone by now.
 *
 * @param {number} pid a process group when negative
 * @param {NodeJS.Signals | 0} signal 0 only asks whether it is there
 * @returns {boolean} whether there was anybody to receive it
 */
export function sendSignal(pid, signal) {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    // EPERM: somebody else's process, and so alive. Anything else means that it is gone.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
