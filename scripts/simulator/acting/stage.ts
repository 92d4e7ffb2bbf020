import type { Artifact, ArtifactMessage } from "@/scripts/simulator/artifact";
import { buildArtifact } from "@/scripts/simulator/build-artifact";
import type { CallEvent } from "@/scripts/simulator/call-event";
import { buildMessage } from "@/scripts/simulator/frame/build-message";
import type { Frame } from "@/scripts/simulator/frame/frame";
import type { Random } from "@/scripts/simulator/random";
import type { TurnLatency } from "@/scripts/simulator/report/report-facts";

/**
 * A call being acted out: what was said so far, what is to be posted, and how its own time, in milliseconds since
 * its creation, becomes stamps.
 */
export class Stage {
  readonly events: CallEvent[] = [];
  readonly turnLatencies: TurnLatency[] = [];
  /** When the next thing may happen. */
  nowMs = 0;
  /** When the call was answered; `secondsFromStart` counts from here. */
  startedMs = 0;
  #messages: readonly ArtifactMessage[] = [];
  #artifact: Artifact = buildArtifact([]);

  constructor(
    readonly frame: Frame,
    readonly random: Random,
    private readonly time: { createdAtMs: number; speed: number },
  ) {}

  get messages(): readonly ArtifactMessage[] {
    return this.#messages;
  }

  get artifact(): Artifact {
    return this.#artifact;
  }

  /** Epoch milliseconds. */
  stamp(atMs: number): number {
    return this.time.createdAtMs + Math.round(atMs / this.time.speed);
  }

  /** Where a message of the artifact stands in time. */
  place(atMs: number): { time: number; secondsFromStart: number } {
    const time = this.stamp(atMs);
    return { time, secondsFromStart: Math.max(0, time - this.stamp(this.startedMs)) / 1000 };
  }

  add(...messages: readonly ArtifactMessage[]): void {
    this.#set([...this.#messages, ...messages]);
  }

  /** Replaces the newest message: what is being said grows. */
  grow(message: ArtifactMessage): void {
    this.#set([...this.#messages.slice(0, -1), message]);
  }

  /** Posts a message with the artifact as it is now. */
  post(atMs: number, type: string, specific: Record<string, unknown>, asks?: readonly string[]): void {
    const message = buildMessage(
      this.frame,
      { timestamp: this.stamp(atMs), type, ...specific },
      this.#artifact,
    );
    this.events.push({ offsetMs: Math.round(atMs / this.time.speed), message, ...(asks && { asks }) });
  }

  postConversation(atMs: number): void {
    const { messages, messagesOpenAIFormatted: conversation } = this.#artifact;
    this.post(atMs, "conversation-update", { conversation, messages, messagesOpenAIFormatted: [] });
  }

  /** Posts a finished message, `delayMs` after its own stamp. */
  postWhole(atMs: number, message: CallEvent["message"], delayMs = 0): void {
    this.events.push({ offsetMs: Math.round((atMs + delayMs) / this.time.speed), message });
  }

  #set(messages: readonly ArtifactMessage[]): void {
    this.#messages = messages;
    this.#artifact = buildArtifact(messages);
  }
}
