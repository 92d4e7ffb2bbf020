/** What the reaper needs to end a process on the script's behalf. */
export type Ward = {
  /** A process, or a process group when negative. */
  pid: number;
  signal: NodeJS.Signals;
  /** Time it may take to stop before SIGKILL. */
  graceMs: number;
  /** Removed once the process is gone; for throwaway data. */
  folder?: string | undefined;
};
