import "server-only";
import type { EventDesk } from "@/lib/webhook/define-event";
import { assistantRequest } from "@/lib/webhook/events/assistant-request";
import { assistantStarted } from "@/lib/webhook/events/assistant-started";
import { conversationUpdate } from "@/lib/webhook/events/conversation-update";
import { endOfCallReport } from "@/lib/webhook/events/end-of-call-report";
import { functionCall } from "@/lib/webhook/events/function-call";
import { hang } from "@/lib/webhook/events/hang";
import { speechUpdate } from "@/lib/webhook/events/speech-update";
import { statusUpdate } from "@/lib/webhook/events/status-update";
import { toolCalls } from "@/lib/webhook/events/tool-calls";
import { transcript } from "@/lib/webhook/events/transcript";
import { userInterrupted } from "@/lib/webhook/events/user-interrupted";

const desks = [
  assistantRequest,
  assistantStarted,
  conversationUpdate,
  endOfCallReport,
  functionCall,
  hang,
  speechUpdate,
  statusUpdate,
  toolCalls,
  transcript,
  userInterrupted,
];

const byType = new Map(desks.flatMap((desk) => desk.types.map((type): [string, EventDesk] => [type, desk])));

/** The desk for a wire name; undefined for a type Earshot has not met, which is kept and answered 200 all the same. */
export function findEvent(type: string): EventDesk | undefined {
  return byType.get(type);
}
