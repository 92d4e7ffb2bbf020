import type { calls, lines, marks, toolCalls } from "@/db/schema/calls";
import type { callMonitors } from "@/db/schema/control";
import type { events } from "@/db/schema/events";
import type { reports } from "@/db/schema/reports";

type Row<T extends { $inferInsert: object }> = T["$inferInsert"];

export type CallFacts = Partial<Omit<Row<typeof calls>, "id" | "conversationId" | "version">>;
export type LineFact = Omit<Row<typeof lines>, "callId">;
export type MarkFact = Omit<Row<typeof marks>, "callId">;
export type ToolCallFact = Omit<Row<typeof toolCalls>, "callId" | "asked"> & { asked: string };
/** Complete, because a newer report replaces the older one. */
export type ReportFact = Omit<(typeof reports)["$inferSelect"], "callId">;

/** The call's control and listen URLs, sealed. */
export type MonitorFact = Omit<(typeof callMonitors)["$inferSelect"], "callId">;

/** The facts of one message. */
export interface Facts {
  call?: CallFacts;
  lines?: LineFact[];
  marks?: MarkFact[];
  toolCalls?: ToolCallFact[];
  report?: ReportFact;
}

/** Facts that every event of a call must have, so that the first to arrive can create the row. */
export type CallBasis = Required<Pick<CallFacts, "status" | "statusRank" | "createdAt" | "lastEventAt">>;

/** A delivery ready to be recorded. */
export interface Delivery {
  event: Omit<Row<typeof events>, "callId" | "conversationId">;
  /** The message with what its handler stores elsewhere; kept in its place if PostgreSQL refuses that. */
  whole?: () => Record<string, unknown>;
  conversationId: string | null;
  callId: string | null;
  /** False for frequent types, which change the call but are not logged. */
  isLogged: boolean;
  /** True for additions to an existing call, which must not create a deleted one again. */
  isPostscript?: boolean;
  /** Null when the message belongs to no call. */
  facts: (Facts & { call: CallFacts & CallBasis }) | null;
  /** Null when the event has no new facts about monitoring (lib/control/server/monitor.ts). */
  monitor?: MonitorFact | null;
}
