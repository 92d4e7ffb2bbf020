import type { Artifact } from "@/scripts/simulator/artifact";
import type { Frame } from "@/scripts/simulator/frame/frame";
import type { Message } from "@/scripts/simulator/message";

/** A message with its keys in Vapi's order: stamp, type, what is specific, the artifact, then the frame. */
export function buildMessage(
  frame: Frame,
  head: { timestamp: number; type: string } & Record<string, unknown>,
  artifact?: Artifact,
): Message {
  const { call, phoneNumber, customer, assistant, assistantVersion } = frame;
  return {
    ...head,
    ...(artifact && { artifact }),
    call,
    ...(phoneNumber && { phoneNumber }),
    ...(customer && { customer }),
    assistant,
    ...(assistantVersion && { assistantVersion }),
  };
}
