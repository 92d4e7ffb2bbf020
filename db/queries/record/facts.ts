import type { calls, lines, marks, toolCalls } from "@/db/schema/calls";
import type { callMonitors } from "@/db/schema/control";
import type { events } from "@/db/schema/events";
import type { reports } from "@/db/schema/reports";

type Row<T extends { $inferInsert: object }> = T["$inferInsert"];

export type CallFacts = Partial<Omit<Row<typeof calls>, "id" | "conversationId" | "version">>;
export type LineFact = Omit<Row<typeof lines>, "callId">;
export type MarkFact = Omit<Row<typeof marks>, "callId">;
export type ToolCallFact = Omit<Row<typeof toolCalls>, "callId" | "asked"> & { asked: string };
/** A newer report takes the older one's place whole, so each says all. */
export type ReportFact = Omit<(typeof reports)["$inferSelect"], "callId">;

/** Where the call takes orders and is listened to, sealed. */
export type MonitorFact = Omit<(typeof callMonitors)["$inferSelect"], "callId">;

/** What one message states. */
export interface Facts {
  call?: CallFacts;
  lines?: LineFact[];
  marks?: MarkFact[];
  toolCalls?: ToolCallFact[];
  report?: ReportFact;
}

/** The facts of a call that every event of it must state, so that whichever comes first can make the row. */
export type CallBasis = Required<Pick<CallFacts, "status" | "statusRank" | "createdAt" | "lastEventAt">>;

/** One delivery, ready to be remembered. */
export interface Delivery {
  event: Omit<Row<typeof events>, "callId" | "conversationId">;
  conversationId: string | null;
  callId: string | null;
  /** False for the chatty types, which change the call but are not kept one by one. */
  isLogged: boolean;
  /** True for what is noted on a call that is there, and must not bring back one that was deleted. */
  isPostscript?: boolean;
  /** Null when the message is about no call. */
  facts: (Facts & { call: CallFacts & CallBasis }) | null;
  /** Null where the event says nothing of it, or nothing new (lib/control/server/monitor.ts). */
  monitor?: MonitorFact | null;
}
