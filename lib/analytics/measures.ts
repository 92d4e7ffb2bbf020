/** What is counted of calls that are over: of one, or of many added up. Times in milliseconds. */
export interface Measures {
  calls: number;
  durationMs: number;
  costUsd: number;
  /** Calls whose cost is known. */
  costed: number;
  /** Calls in which the assistant hung at least once. */
  hung: number;
  transferred: number;
  /** Calls whose speech was witnessed; what follows is of these alone. */
  measured: number;
  measuredMs: number;
  userMs: number;
  assistantMs: number;
  /** Nobody speaking. */
  silentMs: number;
  assistantTurns: number;
  /** Assistant turns that the caller cut off. */
  interruptions: number;
  /** Reply latencies, counted by the bins of reply-bins.ts. */
  replies: readonly number[];
}
