import { countReplies } from "@/lib/analytics/figures";
import type { Signal } from "@/lib/incidents/bursts";
import { versionValue } from "@/lib/incidents/cause-label";
import { findFailure } from "@/lib/incidents/failure";
import type { CauseValues } from "@/lib/incidents/incident";
import { incidentRulesSetting } from "@/lib/incidents/rules";
import type { BackgroundCall } from "@/lib/incidents/volumes";
import type { EndedCall } from "@/lib/rates/series";
import { createRandom, type Random } from "@/scripts/simulator/random";

/*
 * Weeks of a team's calls in simulated time: daily and weekly rhythm, everyday failures, and outages. The code that
 * judges real calls judges them; nothing is stored.
 */

export const outageCauses = [
  "voice",
  "transcriber",
  "model",
  "transport",
  "webhook",
  "tool",
  "version",
] as const;

export type OutageCause = (typeof outageCauses)[number];

const second = 1_000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;
export const week = 7 * day;
export const rules = incidentRulesSetting.initial;

interface SimulatedAssistant {
  id: string;
  share: number;
  voice: string;
  transcriber: string;
  model: string;
  tool: string;
}

export const assistants: readonly SimulatedAssistant[] = [
  {
    id: "desk-0",
    share: 0.25,
    voice: "eleven-labs",
    transcriber: "deepgram",
    model: "openai",
    tool: "find_order",
  },
  { id: "desk-1", share: 0.2, voice: "eleven-labs", transcriber: "deepgram", model: "openai", tool: "book" },
  {
    id: "desk-2",
    share: 0.2,
    voice: "cartesia",
    transcriber: "deepgram",
    model: "openai",
    tool: "find_order",
  },
  {
    id: "desk-3",
    share: 0.15,
    voice: "eleven-labs",
    transcriber: "gladia",
    model: "anthropic",
    tool: "find_order",
  },
  { id: "desk-4", share: 0.1, voice: "cartesia", transcriber: "gladia", model: "anthropic", tool: "book" },
  { id: "desk-5", share: 0.1, voice: "playht", transcriber: "deepgram", model: "google", tool: "book" },
];
export const numbers = ["+15550100001", "+15550100002", "+15550100003"];

/** Shares of all calls on any day. In single hours, the share is at times half or twice as large. */
export const usualFailureRates = {
  hang: 0.03,
  voice: 0.004,
  model: 0.004,
  transcriber: 0.003,
  transport: 0.003,
  tool: 0.02,
};
const hourlyNoise = 0.3;
const meanLengthMs = 3 * minute;

export type FailureType = keyof typeof usualFailureRates;

export const codes = {
  voice: (vendor: string) => [
    `call.in-progress.error-vapifault-${vendor}-500-server-error`,
    `call.in-progress.error-vapifault-${vendor}-503-server-overloaded-error`,
  ],
  model: (vendor: string) => [
    `call.in-progress.error-vapifault-${vendor}-llm-failed`,
    `call.in-progress.error-vapifault-${vendor}-503-server-overloaded-error`,
  ],
  transcriber: (vendor: string) => [
    `call.in-progress.error-vapifault-${vendor}-transcriber-failed`,
    `call.in-progress.error-vapifault-${vendor}-returning-502-network-error`,
  ],
  transport: () => ["phone-call-provider-closed-websocket", "twilio-failed-to-connect-call"],
};

const wrongVersion = "pipeline-error-openai-400-bad-request-validation-failed";

/** Returns the volume of calls at a moment, relative to the weekly mean: low at night, lower on weekends. */
export function rhythm(at: number): number {
  const ofDay = (at % day) / hour;
  const weekday = Math.floor(at / day) % 7;
  const busy = Math.max(0.06, Math.sin(((ofDay - 6) / 15) * Math.PI));
  // 1970-01-01 was a Thursday, so days 2 and 3 are a weekend.
  return (busy * (weekday === 2 || weekday === 3 ? 0.5 : 1)) / 0.366;
}

export interface SimulatedCall extends BackgroundCall {
  desk: SimulatedAssistant;
  to: number;
  signals: Signal[];
  ended: EndedCall;
}

export const gauss = (random: Random) =>
  Math.sqrt(-2 * Math.log(1 - random.between(0, 1))) * Math.cos(2 * Math.PI * random.between(0, 1));

const exponential = (random: Random, mean: number) => -mean * Math.log(1 - random.between(0, 1));

/** Uses Knuth's method for small means, a rounded normal for large ones. */
export function poisson(random: Random, mean: number): number {
  if (mean > 50) return Math.max(0, Math.round(mean + Math.sqrt(mean) * gauss(random)));
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random.between(0, 1); product > limit; product *= random.between(0, 1)) count += 1;
  return count;
}

/** The noise of an hour is the same for all callers of this function. */
export const noiseOf = (seed: string, at: number) =>
  Math.exp(hourlyNoise * gauss(createRandom(`${seed}/${Math.floor(at / hour)}`)));

export const versionOf = (desk: SimulatedAssistant, version: string) => versionValue(desk.id, version);

function pickAssistant(random: Random): SimulatedAssistant {
  let left = random.between(0, 1);
  for (const desk of assistants) {
    left -= desk.share;
    if (left < 0) return desk;
  }
  return random.pick(assistants);
}

interface Outage {
  cause: OutageCause;
  at: number;
}

let callCount = 0;

/** Draws one call from beginning to end, with its failures. */
function placeCall(random: Random, from: number, noise: number, outage: Outage | null): SimulatedCall {
  callCount += 1;
  const id = `call-${callCount}`;
  const desk = pickAssistant(random);
  const isNew = outage?.cause === "version" && from >= outage.at && desk.id === "desk-2";
  const causes: CauseValues = {
    assistant: desk.id,
    version: versionOf(desk, isNew ? "8" : "7"),
    number: random.pick(numbers),
  };
  const call = { id, desk, from, to: from + 15 * second + exponential(random, meanLengthMs), causes };
  const signals: Signal[] = [];
  let endedReason = "customer-ended-call";
  let hasToolFailed = false;
  const hang = (at: number) =>
    signals.push({
      id: `${id}~${at}`,
      callId: id,
      kind: "alert",
      at,
      endedAt: Math.min(at + 8 * second, call.to),
      causes: { ...causes, stage: "response" },
    });
  const failTool = (at: number) => {
    hasToolFailed = true;
    signals.push({
      id: `${id} tool`,
      callId: id,
      kind: "tool",
      at,
      endedAt: at,
      causes: { ...causes, tool: desk.tool, stage: "tool" },
    });
  };
  const fail = (at: number, code: string) => {
    call.to = at;
    endedReason = code;
  };
  const somewhere = () => from + (call.to - from) * random.between(0.1, 1);
  const happens = (trouble: FailureType) => random.chance(usualFailureRates[trouble] * noise);
  for (const part of ["voice", "model", "transcriber", "transport"] as const) {
    if (happens(part)) fail(somewhere(), random.pick(codes[part](part === "transport" ? "" : desk[part])));
  }
  if (happens("hang")) hang(somewhere());
  if (happens("tool")) failTool(somewhere());
  if (outage && call.to > outage.at) applyOutage(random, call, outage, isNew, { hang, fail, failTool });
  const failure = findFailure(endedReason);
  if (failure) {
    signals.push({
      id,
      callId: id,
      kind: "failure",
      at: call.to,
      endedAt: call.to,
      causes: {
        ...causes,
        "end-reason": endedReason,
        ...(failure.provider && { provider: failure.provider }),
        ...(failure.stage && { stage: failure.stage }),
      },
    });
  }
  const replyMs = Array.from({ length: 5 }, () => 1_200 * Math.exp(0.35 * gauss(random)));
  const ended = {
    causes,
    endedReason,
    costUsd: ((call.to - from) / minute) * 0.06 * Math.exp(0.2 * gauss(random)),
    replies: countReplies(replyMs),
    billed: [],
    turns: [],
    tools: [{ name: desk.tool, hasFailed: hasToolFailed, ms: null }],
  };
  return { ...call, signals: signals.filter(({ at }) => at <= call.to), ended };
}

/** Share of the calls reached by an outage that are hit by it. */
const hit = 0.9;

function applyOutage(
  random: Random,
  { from, desk }: Pick<SimulatedCall, "from" | "desk">,
  { cause, at: begins }: Outage,
  isNew: boolean,
  does: {
    hang: (at: number) => void;
    fail: (at: number, code: string) => void;
    failTool: (at: number) => void;
  },
): void {
  const reached = Math.max(from, begins);
  if (!random.chance(hit)) return;
  const at = reached + random.between(3, 20) * second;
  const failWith = (all: readonly string[]) => {
    does.fail(at, random.pick(all));
    if (random.chance(0.3)) does.hang(at - 2 * second);
  };
  if (cause === "voice" && desk.voice === "eleven-labs") failWith(codes.voice(desk.voice));
  if (cause === "transcriber" && desk.transcriber === "deepgram")
    failWith(codes.transcriber(desk.transcriber));
  if (cause === "model" && desk.model === "openai") failWith(codes.model(desk.model));
  if (cause === "transport") failWith(codes.transport());
  if (cause === "webhook" && from >= begins) does.fail(from + 7.5 * second, "assistant-request-failed");
  if (cause === "tool" && desk.tool === "find_order") does.failTool(reached + random.between(5, 40) * second);
  if (cause === "version" && isNew) {
    does.hang(from + 10 * second);
    if (random.chance(0.6)) does.fail(from + 25 * second, wrongVersion);
  }
}

/** Returns the calls that begin in a time span, in order. */
export function callsBetween(
  seed: string,
  load: number,
  from: number,
  until: number,
  outage: Outage | null,
): SimulatedCall[] {
  const random = createRandom(`${seed}/calls/${from}`);
  const calls: SimulatedCall[] = [];
  for (let at = from; at < until; at += minute) {
    const mean =
      load * rhythm(at) * Math.exp(0.1 * gauss(createRandom(`${seed}/volume/${Math.floor(at / hour)}`)));
    const count = poisson(random, mean * Math.min(1, (until - at) / minute));
    const noise = count > 0 ? noiseOf(seed, at) : 1;
    for (let n = 0; n < count; n += 1) {
      calls.push(placeCall(random, at + random.between(0, 1) * minute, noise, outage));
    }
  }
  return calls.sort((a, b) => a.from - b.from);
}
