import type { Beat, Situation, Speaker, Speech } from "@/scripts/simulator/acting/beat";
import { type Artifact, type ArtifactMessage, buildArtifact } from "@/scripts/simulator/artifact";
import type { CallEvent } from "@/scripts/simulator/call-event";
import type { CallKind } from "@/scripts/simulator/dialogue";
import { buildAssistantRequest, buildMessage, type Frame } from "@/scripts/simulator/frame/frame";
import type { Random } from "@/scripts/simulator/random";
import type { TurnLatency } from "@/scripts/simulator/report/report-facts";

/**
 * A call being acted out: what was said so far, what is to be posted, and the conversion of the call's own time
 * (milliseconds since its creation) into timestamps.
 */
export class Stage {
  readonly events: CallEvent[] = [];
  readonly turnLatencies: TurnLatency[] = [];
  /** Earliest time of the next step. */
  nowMs = 0;
  /** When the call was answered; `secondsFromStart` counts from here. */
  startedMs = 0;
  /** Finished steps of the script, in the order they began. */
  beats: readonly Beat[] = [];
  /** Number of turns per speaker. */
  readonly turns: Record<Speaker, number> = { assistant: 0, user: 0 };
  #line = 0;
  #speech: Speech | null = null;
  #finals: { to: number; atMs: number }[] = [];
  #messages: readonly ArtifactMessage[] = [];
  #artifact: Artifact = buildArtifact([]);

  constructor(
    public frame: Frame,
    readonly random: Random,
    private readonly time: { createdAtMs: number; speed: number },
  ) {}

  /** Returns a stage for the same call that continues from this situation, after these beats. */
  resume(random: Random, from: Situation, beats: readonly Beat[]): Stage {
    const next = new Stage(from.frame, random, this.time);
    next.startedMs = this.startedMs;
    next.nowMs = from.nowMs;
    next.beats = beats;
    next.#line = from.line;
    next.turnLatencies.push(...this.turnLatencies.slice(0, from.turnLatencies));
    Object.assign(next.turns, from.turns);
    next.#set(from.messages);
    return next;
  }

  get situation(): Situation {
    return {
      line: this.#line,
      frame: this.frame,
      messages: this.#messages,
      turnLatencies: this.turnLatencies.length,
      turns: { ...this.turns },
      nowMs: this.nowMs,
    };
  }

  /** Acts out the next lines of the script as one beat. */
  act(lines: number, perform: () => void): void {
    const before = this.situation;
    const first = this.events.length;
    this.#speech = null;
    this.#finals = [];
    perform();
    this.#line += lines;
    const speech = this.#speech as Speech | null;
    const posted = this.events.slice(first);
    const doneMs = Math.max(this.nowMs, ...posted.map(({ atMs }) => atMs));
    // Hangs come before the voice; a line without speech begins with its first event.
    const begunMs = speech?.fromMs ?? Math.min(doneMs, ...posted.map(({ atMs }) => atMs));
    this.beats = [
      ...this.beats,
      { before, after: this.situation, begunMs, doneMs, speech, finals: this.#finals },
    ];
  }

  /** Records the speech of this beat, for listeners and for cutting it short. */
  sound(speech: Speech): void {
    this.#speech = speech;
  }

  noteFinal(to: number, atMs: number): void {
    this.#finals.push({ to, atMs });
  }

  get messages(): readonly ArtifactMessage[] {
    return this.#messages;
  }

  get artifact(): Artifact {
    return this.#artifact;
  }

  /** Converts a time to epoch milliseconds. */
  stamp(atMs: number): number {
    return this.time.createdAtMs + Math.round(atMs / this.time.speed);
  }

  /** Returns the time fields of an artifact message. */
  place(atMs: number): { time: number; secondsFromStart: number } {
    const time = this.stamp(atMs);
    return { time, secondsFromStart: Math.max(0, time - this.stamp(this.startedMs)) / 1000 };
  }

  add(...messages: readonly ArtifactMessage[]): void {
    this.#set([...this.#messages, ...messages]);
  }

  /** Replaces the newest message with a longer version. */
  grow(message: ArtifactMessage): void {
    this.#set([...this.#messages.slice(0, -1), message]);
  }

  /** Posts a message with the current artifact. */
  post(atMs: number, type: string, specific: Record<string, unknown>, asks?: readonly string[]): void {
    const message = buildMessage(
      this.frame,
      { timestamp: this.stamp(atMs), type, ...specific },
      this.#artifact,
    );
    this.events.push({ ...this.#placeEvent(atMs), message, ...(asks && { asks }) });
  }

  postConversation(atMs: number): void {
    const { messages, messagesOpenAIFormatted: conversation } = this.#artifact;
    this.post(atMs, "conversation-update", { conversation, messages, messagesOpenAIFormatted: [] });
  }

  /** Posts a finished message `delayMs` after its own timestamp. */
  postWhole(atMs: number, message: CallEvent["message"], delayMs = 0): void {
    this.events.push({ ...this.#placeEvent(atMs + delayMs), message });
  }

  #placeEvent(atMs: number): { offsetMs: number; atMs: number; beat: number } {
    return { offsetMs: Math.round(atMs / this.time.speed), atMs, beat: this.beats.length };
  }

  #set(messages: readonly ArtifactMessage[]): void {
    this.#messages = messages;
    this.#artifact = buildArtifact(messages);
  }
}

/** Acts out a call from its creation to the moment someone may speak. */
export function openCall(stage: Stage, kind: CallKind, asksForAssistant: boolean): void {
  const { random } = stage;
  const startMs = Math.round({ inbound: pickUp, outbound: dial, web: connect }[kind](stage));
  if (kind === "inbound" && asksForAssistant) {
    stage.postWhole(25, buildAssistantRequest(stage.frame, stage.stamp(25)));
  }
  stage.startedMs = startMs;
  const [prompt] = stage.frame.assistant.model.messages;
  stage.add({
    role: "system",
    message: prompt?.content ?? "",
    time: stage.stamp(startMs - 115),
    secondsFromStart: 0,
  });
  // Recorded: 25 ms after `startedAt`.
  stage.post(startMs + 25, "status-update", { status: "in-progress" });
  stage.post(startMs + random.between(140, 380), "assistant.started", {
    newAssistant: stage.frame.assistant,
  });
  stage.nowMs = startMs + random.between(900, 1_300);
}

/** Recorded: an inbound call begins with `in-progress`; Vapi sends nothing while it rings. */
function pickUp({ random }: Stage): number {
  return random.between(780, 930);
}

function dial(stage: Stage): number {
  const ringingMs = stage.random.between(1_900, 3_200);
  stage.post(320, "status-update", { status: "queued" });
  stage.post(ringingMs, "status-update", { status: "ringing" });
  return ringingMs + stage.random.between(3_500, 11_000);
}

function connect({ random }: Stage): number {
  return random.between(4_200, 5_200);
}
