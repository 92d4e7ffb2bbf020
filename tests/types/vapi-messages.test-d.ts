import type { Vapi } from "@vapi-ai/server-sdk";
import type { z } from "zod";
import type { DialingVerdict } from "@/lib/dialing/rules";
import type { reportMessageSchema } from "@/lib/reports/server/report-parts";
import type { TransferAnswer } from "@/lib/routing/server/transfers";
import type { assistantRequestSchema } from "@/lib/webhook/events/assistant-request";
import type {
  callArtifactUploadSchema,
  callDeletedSchema,
  callDeleteFailedSchema,
} from "@/lib/webhook/events/call-deletion";
import type { callEndpointingRequestSchema } from "@/lib/webhook/events/call-endpointing-request";
import type { campaignPredialSchema } from "@/lib/webhook/events/campaign-predial";
import type { chatMessageSchema, sessionMessageSchema } from "@/lib/webhook/events/chats-and-sessions";
import type { conversationUpdateSchema } from "@/lib/webhook/events/conversation-update";
import type {
  HandoffAnswer,
  handoffDestinationRequestSchema,
} from "@/lib/webhook/events/handoff-destination-request";
import type { hangSchema } from "@/lib/webhook/events/hang";
import type {
  assistantSpeechStartedSchema,
  modelOutputSchema,
  voiceInputSchema,
  voiceRequestSchema,
} from "@/lib/webhook/events/ignored";
import type {
  KnowledgeAnswer,
  knowledgeBaseRequestSchema,
} from "@/lib/webhook/events/knowledge-base-request";
import type { languageChangeDetectedSchema } from "@/lib/webhook/events/language-change-detected";
import type { phoneCallControlSchema } from "@/lib/webhook/events/phone-call-control";
import type { speechUpdateSchema } from "@/lib/webhook/events/speech-update";
import type { statusUpdateSchema } from "@/lib/webhook/events/status-update";
import type { toolCallsSchema } from "@/lib/webhook/events/tool-calls";
import type { transcriptSchema } from "@/lib/webhook/events/transcript";
import type { transferDestinationRequestSchema } from "@/lib/webhook/events/transfer-destination-request";
import type { transferUpdateSchema } from "@/lib/webhook/events/transfer-update";
import type { userInterruptedSchema } from "@/lib/webhook/events/user-interrupted";
import type { Plain } from "@/tests/types/plain";

/*
 * Checked at compile time only: our schemas accept whatever Vapi's own SDK allows in a message, and the SDK knows all
 * of our answers. `function-call` and `assistant.started` are sent by Vapi but missing from the SDK.
 */

type Takes<Schema extends z.ZodType, Message> = Plain<Message> extends z.input<Schema> ? true : false;

export const isTaken: {
  assistantRequest: Takes<typeof assistantRequestSchema, Vapi.ServerMessageAssistantRequest>;
  conversationUpdate: Takes<typeof conversationUpdateSchema, Vapi.ServerMessageConversationUpdate>;
  endOfCallReport: Takes<typeof reportMessageSchema, Vapi.ServerMessageEndOfCallReport>;
  hang: Takes<typeof hangSchema, Vapi.ServerMessageHang>;
  speechUpdate: Takes<typeof speechUpdateSchema, Vapi.ServerMessageSpeechUpdate>;
  statusUpdate: Takes<typeof statusUpdateSchema, Vapi.ServerMessageStatusUpdate>;
  toolCalls: Takes<typeof toolCallsSchema, Vapi.ServerMessageToolCalls>;
  transcript: Takes<typeof transcriptSchema, Vapi.ServerMessageTranscript>;
  userInterrupted: Takes<typeof userInterruptedSchema, Vapi.ServerMessageUserInterrupted>;
  assistantSpeechStarted: Takes<typeof assistantSpeechStartedSchema, Vapi.ServerMessageAssistantSpeech>;
  callArtifactUpload: Takes<typeof callArtifactUploadSchema, Vapi.ServerMessageCallArtifactUpload>;
  callDeleteFailed: Takes<typeof callDeleteFailedSchema, Vapi.ServerMessageCallDeleteFailed>;
  callDeleted: Takes<typeof callDeletedSchema, Vapi.ServerMessageCallDeleted>;
  callEndpointingRequest: Takes<
    typeof callEndpointingRequestSchema,
    Vapi.ServerMessageCallEndpointingRequest
  >;
  handoffDestinationRequest: Takes<
    typeof handoffDestinationRequestSchema,
    Vapi.ServerMessageHandoffDestinationRequest
  >;
  languageChangeDetected: Takes<
    typeof languageChangeDetectedSchema,
    Vapi.ServerMessageLanguageChangeDetected
  >;
  modelOutput: Takes<typeof modelOutputSchema, Vapi.ServerMessageModelOutput>;
  phoneCallControl: Takes<typeof phoneCallControlSchema, Vapi.ServerMessagePhoneCallControl>;
  transferDestinationRequest: Takes<
    typeof transferDestinationRequestSchema,
    Vapi.ServerMessageTransferDestinationRequest
  >;
  transferUpdate: Takes<typeof transferUpdateSchema, Vapi.ServerMessageTransferUpdate>;
  voiceInput: Takes<typeof voiceInputSchema, Vapi.ServerMessageVoiceInput>;
  voiceRequest: Takes<typeof voiceRequestSchema, Vapi.ServerMessageVoiceRequest>;
  chatCreated: Takes<typeof chatMessageSchema, Vapi.ServerMessageChatCreated>;
  chatDeleted: Takes<typeof chatMessageSchema, Vapi.ServerMessageChatDeleted>;
  sessionCreated: Takes<typeof sessionMessageSchema, Vapi.ServerMessageSessionCreated>;
  sessionUpdated: Takes<typeof sessionMessageSchema, Vapi.ServerMessageSessionUpdated>;
  sessionDeleted: Takes<typeof sessionMessageSchema, Vapi.ServerMessageSessionDeleted>;
  transferAnswer: TransferAnswer extends Vapi.ServerMessageResponseTransferDestinationRequest ? true : false;
  handoffAnswer: HandoffAnswer extends Vapi.ServerMessageResponseHandoffDestinationRequest ? true : false;
  campaignPredial: Takes<typeof campaignPredialSchema, Vapi.ServerMessageCampaignPredial>;
  knowledgeBaseRequest: Takes<typeof knowledgeBaseRequestSchema, Vapi.ServerMessageKnowledgeBaseRequest>;
  predialAnswer: DialingVerdict extends Vapi.ServerMessageResponseCampaignPredial ? true : false;
  knowledgeAnswer: KnowledgeAnswer extends Vapi.ServerMessageResponseKnowledgeBaseRequest ? true : false;
} = {
  assistantRequest: true,
  conversationUpdate: true,
  endOfCallReport: true,
  hang: true,
  speechUpdate: true,
  statusUpdate: true,
  toolCalls: true,
  transcript: true,
  userInterrupted: true,
  campaignPredial: true,
  knowledgeBaseRequest: true,
  predialAnswer: true,
  knowledgeAnswer: true,
  assistantSpeechStarted: true,
  callArtifactUpload: true,
  callDeleteFailed: true,
  callDeleted: true,
  callEndpointingRequest: true,
  handoffDestinationRequest: true,
  languageChangeDetected: true,
  modelOutput: true,
  phoneCallControl: true,
  transferDestinationRequest: true,
  transferUpdate: true,
  voiceInput: true,
  voiceRequest: true,
  chatCreated: true,
  chatDeleted: true,
  sessionCreated: true,
  sessionUpdated: true,
  sessionDeleted: true,
  transferAnswer: true,
  handoffAnswer: true,
};
