import { drawIncidents } from "@/scripts/simulator/acting/incidents";
import { openCall, Stage } from "@/scripts/simulator/acting/stage";
import type { CallEvent } from "@/scripts/simulator/call-event";
import { type CallOptions, defaultCallOptions } from "@/scripts/simulator/call-options";
import { type Cast, castCall } from "@/scripts/simulator/cast-call";
import type { CallKind } from "@/scripts/simulator/dialogue";
import { buildFrame } from "@/scripts/simulator/frame/build-frame";
import { LiveCall } from "@/scripts/simulator/live/live-call";
import { applyOutage, badVersion, badVersionShare, hangsInOutage } from "@/scripts/simulator/outage";
import { createRandom, type Random } from "@/scripts/simulator/random";

/** Simulates the network for a call's events: some are lost, some duplicated, some late. Sorted by arrival. */
export function disturb(random: Random, events: readonly CallEvent[], options: CallOptions): CallEvent[] {
  const hasReport = !random.fork("no report").chance(options.noReport);
  const hasEnded = !random.fork("no ended").chance(options.noEnded);
  const loss = random.fork("loss");
  const disorder = random.fork("disorder");
  const duplicates = random.fork("duplicates");
  const late = (source: Random, event: CallEvent, leastMs: number, mostMs: number) => ({
    ...event,
    offsetMs: event.offsetMs + Math.round(source.whole(leastMs, mostMs) / options.speed),
  });
  return events
    .filter(({ message }) => hasReport || message.type !== "end-of-call-report")
    .filter(({ message }) => hasEnded || message.status !== "ended")
    .filter(() => !loss.chance(options.loss))
    .map((event) => (disorder.chance(options.disorder) ? late(disorder, event, 60, 500) : event))
    .flatMap((event) =>
      duplicates.chance(options.duplicates) ? [event, late(duplicates, event, 150, 3_000)] : [event],
    )
    .sort((a, b) => a.offsetMs - b.offsetMs);
}

export interface GeneratedCall {
  callId: string;
  conversationUuid: string;
  kind: CallKind;
  /** Events not posted yet, in posting order. */
  readonly events: readonly CallEvent[];
  /** The same call, for controlling it while it is posted. */
  live: LiveCall;
}

/**
 * Generates a whole call. The same seed and options give the same call: ids, texts and timings. A different
 * `createdAtMs` shifts its timestamps and changes nothing else.
 */
export function generateCall(seed: string, chosen: Partial<CallOptions> = {}): GeneratedCall {
  const options = { ...defaultCallOptions, ...chosen };
  const random = createRandom(seed);
  const { outage } = options;
  const drawn = drawCast(random, options);
  const cast = outage ? applyOutage(random.fork("outage"), drawn, outage) : drawn;
  const { dialogue, callId, conversationUuid } = cast;
  const stage = new Stage(frameOf(random.fork("frame"), cast, options), random.fork("acting"), options);
  stage.act(0, () => openCall(stage, dialogue.kind, options.assistantRequest));
  const live = new LiveCall({
    random,
    cast,
    stage,
    scene: {
      profile: dialogue.assistant,
      incidents: drawIncidents(
        random.fork("incidents"),
        dialogue.turns,
        cast === drawn ? options : { ...options, ...outageOptions(outage) },
      ),
    },
    disturb: (events, part) => disturb(random.fork(part), events, options),
  });
  return {
    callId,
    conversationUuid,
    kind: dialogue.kind,
    get events() {
      return live.events;
    },
    live,
  };
}

/** Options that an outage overrides in the calls it reaches: a broken tool is always called, and nothing hangs. */
function outageOptions(outage: CallOptions["outage"]): Partial<CallOptions> {
  return outage === "tool" ? { hangs: 0, tools: 1, toolServer: false } : { hangs: hangsInOutage };
}

/** Draws a caller; in an outage of a version, often one who reaches its assistant. */
function drawCast(random: Random, options: CallOptions): Cast {
  if (options.outage !== "version" || !random.fork("version").chance(badVersionShare)) {
    return castCall(random.fork("cast"), options);
  }
  for (let draw = 0; ; draw += 1) {
    const cast = castCall(random.fork(`cast ${draw}`), options);
    if (cast.dialogue.assistant.name === badVersion.assistant) return cast;
  }
}

function frameOf(random: Random, { callId, conversationUuid, dialogue, person }: Cast, options: CallOptions) {
  const opening = dialogue.turns.find((turn) => "assistant" in turn);
  const frame = buildFrame(random, {
    callId,
    kind: dialogue.kind,
    profile: dialogue.assistant,
    person,
    firstMessage: opening && "assistant" in opening ? opening.assistant : "",
    serverUrl: `${options.webhookUrl}/${conversationUuid}`,
    createdAtMs: options.createdAtMs,
    metadata: { source: "simulator" },
  });
  return options.monitor ? { ...frame, call: { ...frame.call, monitor: options.monitor } } : frame;
}
