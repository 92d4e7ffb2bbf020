import type { Cast } from "@/scripts/simulator/cast-call";
import type { ToolProfile, ToolTurn } from "@/scripts/simulator/dialogue";
import type { Random } from "@/scripts/simulator/random";

/** Causes of outages, with the end reasons Vapi gives for them. */
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
  webhook: ["assistant-request-failed"],
  version: ["pipeline-error-openai-400-bad-request-validation-failed"],
  tool: ["customer-ended-call"],
} as const;

export type Outage = keyof typeof reasons;

export const outages = Object.keys(reasons) as [Outage, ...Outage[]];

/** Share of calls in an outage that hang before they fail. */
export const hangsInOutage = 0.5;

/** Share of calls drawn for the assistant whose new version is bad. Calls of other assistants are unaffected. */
export const badVersionShare = 0.5;
export const badVersion = { assistant: "Clinic Reception", version: "v99" };

/** In a tool outage, every assistant has this tool and Earshot does not: each call requests it and gets an error. */
export const brokenTool = {
  name: "look_up_customer",
  description: "Finds the customer by the number that calls.",
  properties: {},
} as const satisfies ToolProfile;

const brokenTurn: ToolTurn = { tool: brokenTool.name, arguments: {}, result: null };

/**
 * Breaks the call off after a few turns, with an end reason of the outage; a webhook outage leaves only the first turn.
 * After a failed tool, the caller hangs up.
 */
export function applyOutage(random: Random, cast: Cast, outage: Outage): Cast {
  const { transferTo: _, ...dialogue } = cast.dialogue;
  if (outage === "version" && dialogue.assistant.name !== badVersion.assistant) return cast;
  const { assistant } = dialogue;
  const turns = dialogue.turns.slice(0, outage === "webhook" ? 1 : random.whole(3, 5));
  return {
    ...cast,
    dialogue: {
      ...dialogue,
      ...(outage === "version" && { assistant: { ...assistant, version: badVersion.version } }),
      ...(outage === "tool" && { assistant: { ...assistant, tools: [...assistant.tools, brokenTool] } }),
      turns: outage === "tool" ? [...turns.filter((turn) => !("tool" in turn)), brokenTurn] : turns,
      endedReason: random.pick(reasons[outage]),
      isSuccess: false,
    },
  };
}
