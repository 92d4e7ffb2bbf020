import type { OperatorAction } from "@/lib/control/control";

/** What somebody did on a call, in the words of the transcript and the exports: "Ana said: …". */
export function describeAction({ action, by, text, target, outcome }: OperatorAction): string {
  const did = `${by.name} ${whatWasDone(action, text, target)}`;
  if (outcome === "failed") return `${did} (failed)`;
  return outcome === "done" ? did : `${did} (not confirmed)`;
}

function whatWasDone(action: OperatorAction["action"], text: string | null, target: string | null): string {
  const after = text === null ? "" : `, after saying: ${text}`;
  switch (action) {
    case "say":
      return text === null ? "spoke to the caller" : `said: ${text}`;
    case "whisper":
      return text === null ? "whispered to the assistant" : `whispered: ${text}`;
    case "mute":
      return `muted the ${voiceOf(target)}`;
    case "unmute":
      return `unmuted the ${voiceOf(target)}`;
    case "transfer":
      return `transferred the call${target === null ? "" : ` to ${target}`}${after}`;
    case "handoff":
      return `handed the call off${target === null ? "" : ` to ${target}`}`;
    case "end":
      return `ended the call${after}`;
  }
}

/** Vapi calls whoever is at the other end the customer. */
function voiceOf(target: string | null): string {
  return target === "customer" ? "caller" : "assistant";
}
