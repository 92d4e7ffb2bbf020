import type { Mark } from "@/lib/calls/mark";
import type { Moment } from "@/lib/calls/to-transcript";
import type { ToolCall } from "@/lib/calls/tool-call";

/** What happened on a call beside talk, each with its place in the transcript. */
export type CallMoment = Moment & ({ what: "tool"; toolCall: ToolCall } | { what: "mark"; mark: Mark });
