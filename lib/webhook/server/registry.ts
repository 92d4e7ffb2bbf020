import "server-only";
import { assistantRequest } from "@/lib/webhook/events/assistant-request";
import { assistantStarted } from "@/lib/webhook/events/assistant-started";
import { callArtifactUpload, callDeleted, callDeleteFailed } from "@/lib/webhook/events/call-deletion";
import { callEndpointingRequest } from "@/lib/webhook/events/call-endpointing-request";
import { campaignPredial } from "@/lib/webhook/events/campaign-predial";
import {
  chatCreated,
  chatDeleted,
  sessionCreated,
  sessionDeleted,
  sessionUpdated,
} from "@/lib/webhook/events/chats-and-sessions";
import { conversationUpdate } from "@/lib/webhook/events/conversation-update";
import { endOfCallReport } from "@/lib/webhook/events/end-of-call-report";
import { functionCall } from "@/lib/webhook/events/function-call";
import { handoffDestinationRequest } from "@/lib/webhook/events/handoff-destination-request";
import { hang } from "@/lib/webhook/events/hang";
import { assistantSpeechStarted, modelOutput, voiceInput, voiceRequest } from "@/lib/webhook/events/ignored";
import { issueCreated } from "@/lib/webhook/events/issue-created";
import { knowledgeBaseRequest } from "@/lib/webhook/events/knowledge-base-request";
import { languageChangeDetected } from "@/lib/webhook/events/language-change-detected";
import { phoneCallControl } from "@/lib/webhook/events/phone-call-control";
import { speechUpdate } from "@/lib/webhook/events/speech-update";
import { statusUpdate } from "@/lib/webhook/events/status-update";
import { toolCalls } from "@/lib/webhook/events/tool-calls";
import { transcript } from "@/lib/webhook/events/transcript";
import { transferDestinationRequest } from "@/lib/webhook/events/transfer-destination-request";
import { transferUpdate } from "@/lib/webhook/events/transfer-update";
import { userInterrupted } from "@/lib/webhook/events/user-interrupted";
import type { EventHandler } from "@/lib/webhook/server/define-event";

const handlers = [
  assistantRequest,
  assistantSpeechStarted,
  assistantStarted,
  callArtifactUpload,
  callDeleted,
  callDeleteFailed,
  callEndpointingRequest,
  campaignPredial,
  chatCreated,
  chatDeleted,
  conversationUpdate,
  endOfCallReport,
  functionCall,
  handoffDestinationRequest,
  hang,
  issueCreated,
  knowledgeBaseRequest,
  languageChangeDetected,
  modelOutput,
  phoneCallControl,
  sessionCreated,
  sessionDeleted,
  sessionUpdated,
  speechUpdate,
  statusUpdate,
  toolCalls,
  transcript,
  transferDestinationRequest,
  transferUpdate,
  userInterrupted,
  voiceInput,
  voiceRequest,
];

const byType = new Map(
  handlers.flatMap((handler) => handler.types.map((type): [string, EventHandler] => [type, handler])),
);

/** Every wire name that has a handler. */
export const knownTypes: readonly string[] = [...byType.keys()];

/** Types whose events are kept, and can be forwarded. */
export const loggedTypes: readonly string[] = knownTypes.filter((type) => !byType.get(type)?.isNeverLogged);

/** Whether only a part of this type's messages is read (define-event.ts). */
export const isBriefType = (type: string): boolean => byType.get(type)?.isBrief ?? false;

/** The handler for a wire name; undefined for an unknown type, which is still recorded and answered with 200. */
export function findEvent(type: string): EventHandler | undefined {
  return byType.get(type);
}
