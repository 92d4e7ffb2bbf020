import type { OperatorAction } from "@/lib/control/action";

/** Describes an action as in the transcript and the exports: "Ana said: …". */
export function describeAction({ action, by, text, target, outcome }: OperatorAction): string {
  const did = `${by.name} ${whatWasDone(action, text, target)}`;
  if (outcome === "failed") return `${did} (failed)`;
  return outcome === "done" ? did : `${did} (not confirmed)`;
}

/** Describes an action in progress: "Ben is transferring this call". */
export function describeOngoing({ action, by, target }: OperatorAction): string {
  return `${by.name} is ${whatIsDone(action, target)}`;
}

function whatIsDone(action: OperatorAction["action"], target: string | null): string {
  switch (action) {
    case "say":
      return "speaking to the caller";
    case "whisper":
      return "whispering to the assistant";
    case "mute":
      return `muting the ${voiceOf(target)}`;
    case "unmute":
      return `unmuting the ${voiceOf(target)}`;
    case "transfer":
      return `transferring this call${target === null ? "" : ` to ${target}`}`;
    case "handoff":
      return `handing this call off${target === null ? "" : ` to ${target}`}`;
    case "end":
      return "ending this call";
  }
}

/** Whether a voice is muted, judging by the actions so far; a failed action changed nothing. */
export function isMuted(actions: readonly OperatorAction[], who: "assistant" | "customer"): boolean {
  const last = actions.findLast(
    ({ action, target, outcome }) =>
      (action === "mute" || action === "unmute") && target === who && outcome !== "failed",
  );
  return last?.action === "mute";
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

/** Vapi calls the person on the line the customer. */
function voiceOf(target: string | null): string {
  return target === "customer" ? "caller" : "assistant";
}
