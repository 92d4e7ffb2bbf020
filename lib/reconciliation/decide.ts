import { isOver } from "@/lib/calls/call";

/** What Earshot knows about a call on Vapi's list. */
export interface Evidence {
  /** Null if Earshot does not know the call. */
  call: { conversationId: string; status: string; lastEventAt: Date | null; endedAt: Date | null } | null;
  hasReport: boolean;
  /** Whether any event arrived, and whether the report did. */
  isHeard: boolean;
  isReportHeard: boolean;
  isDeleted: boolean;
  isSettled: boolean;
}

/** A call as Vapi lists it. */
interface Listed {
  status?: string | undefined;
  createdAt: string;
  endedAt?: string | undefined;
  updatedAt?: string | undefined;
}

/** `skip`: nothing to do. `settle`: the report is stored. `fill`: Vapi has missing data. `ask`: request this one call. */
export type Step = { kind: "skip" | "settle" | "fill" | "ask" } | { kind: "wait"; until: Date };

/** The report follows the call's end within seconds; after this long it counts as lost. */
const graceMs = 60_000;
/** Delay before rechecking a call in progress. */
const againMs = 110_000;
/** A call in progress sends an event every few seconds; after this long without one, Vapi is asked. */
const quietMs = 90_000;
const scheduledAgainMs = 3_600_000;

const after = (at: Date, ms: number) => new Date(at.getTime() + ms);

/** Decides the step for a call that Vapi has just listed. A call only ends once Vapi has ended it. */
export function decideListed(listed: Listed, evidence: Evidence, now: Date): Step {
  if (evidence.isDeleted || evidence.isSettled) return { kind: "skip" };
  const { status = "", createdAt, endedAt, updatedAt } = listed;
  if (!isOver(status) || status === "") {
    return { kind: "wait", until: after(now, status === "scheduled" ? scheduledAgainMs : againMs) };
  }
  if (evidence.hasReport) return { kind: "settle" };
  const settlesAt = after(new Date(endedAt ?? updatedAt ?? createdAt), graceMs);
  return settlesAt > now ? { kind: "wait", until: settlesAt } : { kind: "fill" };
}

/** Decides the step for a call that was in progress when last listed, before asking Vapi again. */
export function decideDue({ call, hasReport, isDeleted }: Evidence, now: Date): Step {
  if (isDeleted) return { kind: "skip" };
  if (hasReport) return { kind: "settle" };
  if (!call) return { kind: "ask" };
  if (!isOver(call.status)) {
    const isLoud = call.lastEventAt !== null && after(call.lastEventAt, quietMs) > now;
    return isLoud ? { kind: "wait", until: after(now, againMs) } : { kind: "ask" };
  }
  const settlesAt = after(call.endedAt ?? call.lastEventAt ?? now, graceMs);
  return settlesAt > now ? { kind: "wait", until: settlesAt } : { kind: "ask" };
}
