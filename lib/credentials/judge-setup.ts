import type { ExplainedRefusal, SetupState } from "@/lib/credentials/setup-state";

/** `waiting`: nothing came; `working`: the newest delivery was let in; `refused`: the newest was not. */
export interface SetupVerdict {
  outcome: "waiting" | "working" | "refused";
  /** What was refused since somebody began to look. */
  refusals: ExplainedRefusal[];
}

/** Uses are noted once a minute: one noted this long before may stand for a delivery of now. */
const noteMs = 75_000;

/**
 * What somebody who set up Vapi wants to hear.
 * @param since when they began to look, by the server's clock (epoch ms)
 */
export function judgeSetup({ admitted, refusals }: SetupState, since: number): SetupVerdict {
  const from = since - noteMs;
  const fresh = refusals.filter(({ lastAt }) => Date.parse(lastAt) > from);
  const refusedAt = latestOf(fresh.map(({ lastAt }) => lastAt));
  const admittedAt = admitted ? latestOf([admitted.usedAt, admitted.lastEventAt]) : 0;
  if (admittedAt > Math.max(from, refusedAt)) return { outcome: "working", refusals: fresh };
  return { outcome: fresh.length > 0 ? "refused" : "waiting", refusals: fresh };
}

function latestOf(times: readonly (string | null)[]): number {
  return Math.max(0, ...times.map((time) => (time === null ? 0 : Date.parse(time))));
}
