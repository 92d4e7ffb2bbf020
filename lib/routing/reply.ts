import type { Overrides, TransientAssistant, TransientSquad } from "@/lib/routing/transient-assistant";

type Destination = { message?: string } & (
  | { type: "number"; number: string; extension?: string }
  | { type: "sip"; sipUri: string }
);

/** The parts of Vapi's `ServerMessageResponseAssistantRequest` we answer with. `error` is spoken to the caller. */
export type RoutingReply =
  | { assistantId: string; assistantOverrides?: Overrides }
  | { assistant: TransientAssistant; assistantOverrides?: Overrides }
  | { squadId: string; squadOverrides?: Overrides }
  | { squad: TransientSquad; squadOverrides?: Overrides }
  | { workflowId: string; workflowOverrides?: { variableValues: Record<string, unknown> } }
  | { destination: Destination }
  | { error: string };
