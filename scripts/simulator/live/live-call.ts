import { actOut, type Scene } from "@/scripts/simulator/acting/act-out";
import {
  type Beat,
  type Ending,
  endOfSpeech,
  type Line,
  type Speech,
  speakerOf,
  toEnding,
  toScript,
} from "@/scripts/simulator/acting/beat";
import { closeCall } from "@/scripts/simulator/acting/close-call";
import { breakOff, latestStopMs } from "@/scripts/simulator/acting/speak";
import type { Stage } from "@/scripts/simulator/acting/stage";
import type { CallEvent } from "@/scripts/simulator/call-event";
import type { Cast } from "@/scripts/simulator/cast-call";
import { findAssistant, greet, passOn } from "@/scripts/simulator/live/improvise";
import type { Order } from "@/scripts/simulator/live/orders";
import type { Random } from "@/scripts/simulator/random";

/** Why an order was rejected, with the HTTP status for it. */
export interface Refusal {
  status: 400 | 404;
  message: string;
}

/** A live call and its clock. */
export interface Airing {
  live: LiveCall;
  /** Milliseconds since the call's creation, in its own time. */
  nowMs: () => number;
  /** Milliseconds of call time per millisecond of real time. */
  speed: number;
}

/** The effect of an order on the rest of a call. */
interface Turn {
  /** Acted out before the rest of the script. */
  lines: Line[];
  /** Whether the current speaker is cut off. */
  isAbrupt: boolean;
  /** Changes the rest of the script. */
  change?: (rest: Line[]) => Line[];
  /** If set, the rest of the script is dropped and the call ends this way. */
  ending?: Ending;
}

/** A moment of the call: the newest beat that has begun, and who is still speaking in it. */
interface Moment {
  atMs: number;
  index: number;
  beat: Beat;
  speaking: Speech["speaker"] | null;
}

interface Parts {
  random: Random;
  cast: Cast;
  stage: Stage;
  scene: Omit<Scene, "script" | "muted">;
  /** Simulates the network between the call and the server. */
  disturb: (events: readonly CallEvent[], part: string) => CallEvent[];
}

/**
 * A call that can be controlled while it is posted. It is acted out completely in advance; an order keeps the beats
 * that have begun and acts out the rest again.
 */
export class LiveCall {
  /** When the call ends, or leaves the assistant by a transfer. */
  overMs = 0;
  /** Called when the remaining events change. */
  onChange: () => void = () => undefined;
  readonly #parts: Parts;
  readonly #muted = new Set<"assistant" | "customer">();
  #stage: Stage;
  #script: readonly Line[];
  #ending: Ending;
  #orders = 0;
  #events: CallEvent[] = [];

  /** @param parts with a stage on which the call has been opened */
  constructor(parts: Parts) {
    this.#parts = parts;
    this.#stage = parts.stage;
    this.#script = toScript(parts.cast.dialogue);
    this.#ending = toEnding(parts.cast.dialogue);
    this.#actOut(() => false, "way");
  }

  /** Events not posted yet, in posting order. */
  get events(): readonly CallEvent[] {
    return this.#events;
  }

  /** Removes the next event, which is being posted. */
  take(): void {
    this.#events.shift();
  }

  /** All speeches of the call, including those still to come. */
  get speeches(): Speech[] {
    return this.#stage.beats.flatMap(({ speech }) => (speech ? [speech] : []));
  }

  get language(): "en" | "es" | "fr" {
    return this.#stage.frame.assistant.transcriber.language;
  }

  /**
   * Carries out an order.
   *
   * @param atMs milliseconds since the call's creation, in the call's own time
   */
  obey(order: Order, atMs: number): Refusal | null {
    if (atMs >= this.overMs) return { status: 404, message: "The call is over." };
    const moment = this.#find(atMs);
    const turn = this.#decide(order, moment.speaking);
    if ("status" in turn) return turn;
    this.#orders += 1;
    if (order.type === "end-call" && atMs < this.#stage.startedMs) this.#leaveUnanswered(moment, turn);
    else this.#goOn(moment, turn);
    this.onChange();
    return null;
  }

  #find(atMs: number): Moment {
    const { beats } = this.#stage;
    const index = Math.max(
      0,
      beats.findLastIndex(({ begunMs }) => begunMs <= atMs),
    );
    const beat = beats[index];
    if (!beat) throw new Error("The call has not been opened.");
    const isSpeaking = beat.speech !== null && atMs < endOfSpeech(beat.speech);
    return { atMs, index, beat, speaking: isSpeaking ? (beat.speech?.speaker ?? null) : null };
  }

  /** Returns the effect of an order, given who is speaking. */
  #decide(order: Order, speaking: Speech["speaker"] | null): Turn | Refusal {
    const isCaller = speaking === "user";
    switch (order.type) {
      case "say": {
        const isAbrupt = isCaller || order.interruptAssistantEnabled;
        const lines = [{ say: order.content }];
        if (!order.endCallAfterSpoken) return { lines, isAbrupt };
        const endedReason = "assistant-ended-call-after-message-spoken";
        return { lines, isAbrupt, ending: this.#end(endedReason, "The call was ended with a last message.") };
      }
      case "add-message":
        return this.#add(order, isCaller);
      case "control":
        return this.#control(order.control, speaking);
      case "transfer": {
        const { destination, content } = order;
        const summary = "The call was transferred to a person.";
        const ending = { ...this.#end("assistant-forwarded-call", summary), destination, isSudden: false };
        return { lines: content ? [{ say: content }] : [], isAbrupt: true, ending };
      }
      case "handoff": {
        const profile = findAssistant(order.destination);
        if (!profile)
          return { status: 400, message: "There is no assistant with this ID to hand the call to." };
        return { lines: [{ handoff: profile }, { say: greet(profile, this.language) }], isAbrupt: true };
      }
      case "end-call":
        return {
          lines: [],
          isAbrupt: true,
          ending: this.#end("manually-canceled", "The call was ended by an operator."),
        };
    }
  }

  #end(endedReason: string, summary: string): Ending {
    return { endedReason, destination: null, summary, isSuccess: false, isSudden: true };
  }

  /** Adds a message. A system message changes what the assistant says next, at once or on its next turn. */
  #add(
    { message, triggerResponseEnabled }: Extract<Order, { type: "add-message" }>,
    isCaller: boolean,
  ): Turn {
    const { role, content } = message;
    const added: Line = { added: { role, text: content } };
    if (role !== "system") return { lines: [added], isAbrupt: false };
    const reply = passOn(content, this.language);
    if (triggerResponseEnabled) return { lines: [added, { say: reply }], isAbrupt: isCaller };
    return { lines: [added], isAbrupt: false, change: (rest) => passOnNext(rest, reply) };
  }

  #control(
    control: Extract<Order, { type: "control" }>["control"],
    speaking: Speech["speaker"] | null,
  ): Turn {
    switch (control) {
      case "mute-assistant":
        this.#muted.add("assistant");
        return { lines: [], isAbrupt: speaking === "assistant" };
      case "mute-customer":
        this.#muted.add("customer");
        return { lines: [], isAbrupt: speaking === "user" };
      case "unmute-assistant":
        this.#muted.delete("assistant");
        return { lines: [], isAbrupt: false };
      case "unmute-customer":
        this.#muted.delete("customer");
        return { lines: [], isAbrupt: false };
      case "say-first-message": {
        const { firstMessage } = this.#stage.frame.assistant;
        return { lines: firstMessage ? [{ say: firstMessage }] : [], isAbrupt: speaking === "user" };
      }
    }
  }

  /** Keeps the beats that have begun and acts out the rest again. */
  #goOn({ atMs, index, beat, speaking }: Moment, turn: Turn): void {
    const { speech } = beat;
    const isBroken = turn.isAbrupt && speaking !== null && speech !== null;
    const old = this.#stage;
    const isOpening = index === 0;
    const resumeMs = Math.max(
      atMs,
      isOpening || (speaking && !isBroken) ? beat.after.nowMs : 0,
      quietFrom(beat),
    );
    const kept = (event: CallEvent) =>
      event.beat < index ||
      event.atMs <= atMs ||
      (event.beat === index && !isBroken && (isOpening || speech !== null));
    const random = this.#parts.random.fork(`order ${this.#orders}`);
    const rest = this.#script.slice(beat.after.line);
    if (isBroken) {
      const done = old.beats.slice(0, index);
      this.#stage = old.resume(random, { ...beat.before, line: beat.after.line }, done);
      this.#stage.act(0, () => breakOff(this.#stage, speech, beat.finals, atMs));
      // A caller who was cut off repeats the line.
      const line = this.#script[beat.before.line];
      if (speaking === "user" && line && speakerOf(line) === "customer") rest.unshift(line);
    } else {
      this.#stage = old.resume(random, { ...beat.after, nowMs: resumeMs }, old.beats.slice(0, index + 1));
    }
    const lines = turn.ending ? turn.lines : [...turn.lines, ...(turn.change?.(rest) ?? rest)];
    this.#script = [...this.#script.slice(0, beat.after.line), ...lines];
    this.#ending = turn.ending ?? this.#ending;
    this.#actOut(kept, `way ${this.#orders}`);
  }

  /** Ends a call that is still ringing: it starts and ends at the same moment. */
  #leaveUnanswered({ atMs, beat }: Moment, { ending }: Turn): void {
    const random = this.#parts.random.fork(`order ${this.#orders}`);
    this.#stage = this.#stage.resume(random, { ...beat.before, nowMs: atMs }, []);
    this.#stage.startedMs = atMs;
    this.#script = [];
    this.#ending = ending ?? this.#ending;
    this.#actOut((event) => event.atMs <= atMs, `way ${this.#orders}`);
  }

  /** @param isKept which of the events not posted yet are still posted */
  #actOut(isKept: (event: CallEvent) => boolean, part: string): void {
    const { scene, cast, disturb } = this.#parts;
    const endedReason = actOut(this.#stage, { ...scene, script: this.#script, muted: this.#muted });
    const ending = endedReason
      ? this.#end(endedReason, "The assistant stopped responding, and the call ended.")
      : this.#ending;
    this.overMs = closeCall(this.#stage, cast, ending);
    const coming = disturb(this.#stage.events.splice(0), part);
    this.#events = [...this.#events.filter(isKept), ...coming].sort((a, b) => a.offsetMs - b.offsetMs);
  }
}

/** Returns the earliest time of the next line: after an assistant's speech, only once its stop mark and last final are out. */
function quietFrom({ speech, finals }: Beat): number {
  if (speech?.speaker !== "assistant") return 0;
  return Math.max(endOfSpeech(speech) + latestStopMs, finals.at(-1)?.atMs ?? 0);
}

/** Prepends a reply to the assistant's next line. */
function passOnNext(rest: Line[], reply: string): Line[] {
  const next = rest.findIndex((line) => speakerOf(line) === "assistant");
  return rest.map((line, at) => {
    if (at !== next) return line;
    if ("say" in line) return { say: `${reply} ${line.say}` };
    if (!("turn" in line && "assistant" in line.turn)) return line;
    return { ...line, turn: { assistant: `${reply} ${line.turn.assistant}` } };
  });
}
