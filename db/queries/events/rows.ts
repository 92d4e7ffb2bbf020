import { callTitle, findDirection } from "@/lib/calls/call";
import type { EventEntry } from "@/lib/events/event";

type Shared = Omit<EventEntry, "at" | "receivedAt" | "repeatedAt" | "callTitle" | "problem" | "answer"> & {
  at: Date;
  receivedAt: Date;
  repeatedAt: Date | null;
  call: { type: string | null; customerName: string | null; customerNumber: string | null } | null;
};

/** A row of the event log, with its call's, in the shape everybody outside `db/` knows. */
export function toEvent<R extends Shared>({ call, ...row }: R) {
  return {
    ...row,
    at: row.at.toISOString(),
    receivedAt: row.receivedAt.toISOString(),
    repeatedAt: row.repeatedAt?.toISOString() ?? null,
    callTitle: call && callTitle({ ...call, direction: findDirection(call.type) }),
  };
}
