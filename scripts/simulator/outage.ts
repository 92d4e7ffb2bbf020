import type { Cast } from "@/scripts/simulator/cast-call";
import type { Random } from "@/scripts/simulator/random";

/** What fails in an outage, and the end reasons Vapi gives for it. */
const reasons = {
  voice: [
    "call.in-progress.error-vapifault-eleven-labs-500-server-error",
    "call.in-progress.error-vapifault-eleven-labs-503-server-overloaded-error",
  ],
  model: [
    "call.in-progress.error-vapifault-openai-llm-failed",
    "call.in-progress.error-vapifault-openai-503-server-overloaded-error",
  ],
  transcriber: [
    "call.in-progress.error-vapifault-deepgram-transcriber-failed",
    "call.in-progress.error-vapifault-deepgram-returning-502-network-error",
  ],
  transport: ["phone-call-provider-closed-websocket", "twilio-failed-to-connect-call"],
} as const;

export type Outage = keyof typeof reasons;

export const outages: readonly Outage[] = ["voice", "model", "transcriber", "transport"];

/** Of the calls in an outage, so many hang before they fail. */
export const hangsInOutage = 0.5;

/** The call breaks off after a few turns, and its end reason says why. */
export function strikeDown(random: Random, cast: Cast, outage: Outage): Cast {
  const { transferTo: _, ...dialogue } = cast.dialogue;
  return {
    ...cast,
    dialogue: {
      ...dialogue,
      turns: dialogue.turns.slice(0, random.whole(3, 5)),
      endedReason: random.pick(reasons[outage]),
      isSuccess: false,
    },
  };
}
