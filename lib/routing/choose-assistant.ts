import "server-only";
import { env } from "@/lib/env";

/** Vapi's `ServerMessageResponseAssistantRequest`, the parts we answer with. */
export type AssistantChoice = { assistantId: string } | { error: string };

/** Which assistant takes a call. `error` is spoken to the caller. */
export function chooseAssistant(): AssistantChoice {
  if (env.FALLBACK_ASSISTANT_ID) return { assistantId: env.FALLBACK_ASSISTANT_ID };
  return { error: "We are sorry, nobody can take your call right now. Please try again later." };
}
