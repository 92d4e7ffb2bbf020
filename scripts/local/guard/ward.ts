/** What the reaper must know to end a process in our stead. */
export type Ward = {
  /** A process, or a process group when negative. */
  pid: number;
  signal: NodeJS.Signals;
  /** How long it may take to stop before SIGKILL. */
  graceMs: number;
  /** Removed once the process is gone: for throwaway data. */
  folder?: string | undefined;
};
