import type { Call } from "@/lib/calls/call";

/** Makes a call in progress, 12 s old; `differences` holds what a test is about. */
export function makeCall(differences: Partial<Call> = {}): Call {
  return {
    id: "0195a0aa-0000-7000-8000-000000000001",
    conversationUuid: "6f1c2f5e-0c1b-4d6a-9d3f-2b8f1f0a7c11",
    status: "in-progress",
    type: "inboundPhoneCall",
    direction: "inbound",
    assistantId: "assistant-1",
    assistantName: "Booking line",
    assistantVersion: null,
    customerNumber: "+15550100103",
    customerName: null,
    phoneNumber: "+15550100900",
    createdAt: "2026-08-01T10:00:00.000Z",
    startedAt: "2026-08-01T10:00:00.000Z",
    endedAt: null,
    endedReason: null,
    endedWaiting: false,
    durationSeconds: null,
    costUsd: null,
    speaking: null,
    lastSpeechAt: "2026-08-01T10:00:10.000Z",
    assistantSpokeAt: null,
    lastLine: null,
    lastToolName: null,
    hangingSince: null,
    openAlerts: 0,
    hangs: 0,
    lastEventAt: "2026-08-01T10:00:12.000Z",
    version: 4,
    ...differences,
  };
}
