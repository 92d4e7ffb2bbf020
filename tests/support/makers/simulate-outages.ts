import { countReplies } from "@/lib/analytics/figures";
import type { BackgroundCall, Group, Signal } from "@/lib/incidents/bursts";
import { versionValue } from "@/lib/incidents/cause-label";
import { findFailure } from "@/lib/incidents/failure";
import { findGroups } from "@/lib/incidents/group";
import { type CauseValues, wholeAccount } from "@/lib/incidents/incident";
import { incidentRulesSetting } from "@/lib/incidents/rules";
import { countSeries, type EndedCall, type SeriesCount, sumCounts } from "@/lib/rates/series";
import { hoursBack, toUsual, type Usual, usualWeeks } from "@/lib/rates/usual";
import { chooseUnusual, judgeFigures } from "@/lib/rates/watch";
import { createRandom, type Random } from "@/scripts/simulator/random";
import { seriesCount } from "@/tests/support/makers/series-count";

/*
 * Weeks of calls of a team on simulated time, with a rhythm of day and week, what goes wrong on any day, and outages. Judged by what
 * judges real calls; nothing is stored.
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
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const week = 7 * day;
const rules = incidentRulesSetting.initial;

interface Desk {
  id: string;
  share: number;
  voice: string;
  transcriber: string;
  model: string;
  tool: string;
}

const desks: readonly Desk[] = [
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
const numbers = ["+15550100001", "+15550100002", "+15550100003"];

/** Of all calls on any day. The share of an hour is now and then half as much or twice as much. */
const usualTrouble = {
  hang: 0.03,
  voice: 0.004,
  model: 0.004,
  transcriber: 0.003,
  transport: 0.003,
  tool: 0.02,
};
const hourlyNoise = 0.3;
const meanLengthMs = 3 * minute;

type Trouble = keyof typeof usualTrouble;

const codes = {
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

/** How many calls come at a moment, as a share of the mean of the week: few at night, fewer on weekends. */
export function rhythm(at: number): number {
  const ofDay = (at % day) / hour;
  const weekday = Math.floor(at / day) % 7;
  const busy = Math.max(0.06, Math.sin(((ofDay - 6) / 15) * Math.PI));
  // 1970-01-01 was a Thursday: days 2 and 3 are a weekend.
  return (busy * (weekday === 2 || weekday === 3 ? 0.5 : 1)) / 0.366;
}

interface SimulatedCall extends BackgroundCall {
  desk: Desk;
  to: number;
  signals: Signal[];
  ended: EndedCall;
}

const gauss = (random: Random) =>
  Math.sqrt(-2 * Math.log(1 - random.between(0, 1))) * Math.cos(2 * Math.PI * random.between(0, 1));

const exponential = (random: Random, mean: number) => -mean * Math.log(1 - random.between(0, 1));

/** Knuth's for few, a rounded normal for many. */
function poisson(random: Random, mean: number): number {
  if (mean > 50) return Math.max(0, Math.round(mean + Math.sqrt(mean) * gauss(random)));
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random.between(0, 1); product > limit; product *= random.between(0, 1)) count += 1;
  return count;
}

/** An hour's noise is the same for whoever asks. */
const noiseOf = (seed: string, at: number) =>
  Math.exp(hourlyNoise * gauss(createRandom(`${seed}/${Math.floor(at / hour)}`)));

const versionOf = (desk: Desk, version: string) => versionValue(desk.id, version);

function pickDesk(random: Random): Desk {
  let left = random.between(0, 1);
  for (const desk of desks) {
    left -= desk.share;
    if (left < 0) return desk;
  }
  return random.pick(desks);
}

interface Outage {
  cause: OutageCause;
  at: number;
}

let callCount = 0;

/** One call from its beginning to its end, with what goes wrong. */
function placeCall(random: Random, from: number, noise: number, outage: Outage | null): SimulatedCall {
  callCount += 1;
  const id = `call-${callCount}`;
  const desk = pickDesk(random);
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
  const happens = (trouble: Trouble) => random.chance(usualTrouble[trouble] * noise);
  for (const part of ["voice", "model", "transcriber", "transport"] as const) {
    if (happens(part)) fail(somewhere(), random.pick(codes[part](part === "transport" ? "" : desk[part])));
  }
  if (happens("hang")) hang(somewhere());
  if (happens("tool")) failTool(somewhere());
  if (outage && call.to > outage.at) strike(random, call, outage, isNew, { hang, fail, failTool });
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

/** Of the calls that an outage reaches, so many are hit by it. */
const hit = 0.9;

function strike(
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

/** The calls that begin in a stretch of time, in their order. */
function callsBetween(
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

/** What is kept of the weeks before, drawn as counts of each hour and not call by call. */
export class Weeks {
  readonly #hours = new Map<number, SeriesCount[]>();
  readonly #days = new Map<number, SeriesCount[]>();

  constructor(
    readonly seed: string,
    readonly load: number,
    /** The weeks end here. */
    readonly until: number,
  ) {
    for (let at = until - (usualWeeks + 1) * week; at < until + week; at += hour) {
      const counts = this.#draw(at);
      this.#hours.set(at, counts);
      const begins = Math.floor(at / day) * day;
      const light = counts.map((count) => ({ ...count, replies: [] }));
      this.#days.set(begins, sumCounts([...(this.#days.get(begins) ?? []), ...light]));
    }
  }

  #draw(at: number): SeriesCount[] {
    const random = createRandom(`${this.seed}/history/${at}`);
    const noise = noiseOf(`${this.seed}/history`, at);
    const volume = 60 * this.load * rhythm(at) * Math.exp(0.1 * gauss(random));
    const counts: SeriesCount[] = [];
    const add = (causes: CauseValues, counted: Partial<SeriesCount>, isScoped = true) => {
      const pairs = isScoped
        ? [["account", wholeAccount], ...Object.entries(causes)]
        : Object.entries(causes);
      for (const [kind, value] of pairs) {
        counts.push(seriesCount({ ...counted, kind: kind as SeriesCount["kind"], value: value ?? "" }));
      }
    };
    for (const desk of desks) {
      for (const number of numbers) {
        const calls = poisson(random, (volume * desk.share) / numbers.length);
        if (calls === 0) continue;
        const scope = { assistant: desk.id, version: versionOf(desk, "7"), number };
        const costUsd = calls * 0.06 * 3.25 * Math.exp((0.9 * gauss(random)) / Math.sqrt(calls));
        const replies = countReplies(
          Array.from({ length: Math.min(200, calls * 5) }, () => 1_200 * Math.exp(0.35 * gauss(random))),
        );
        add(scope, { begun: calls, ended: calls, costed: calls, costUsd, replies });
        const draw = (trouble: Trouble) => poisson(random, calls * usualTrouble[trouble] * noise);
        const hangs = draw("hang");
        add({ ...scope, stage: "response" }, { alerts: hangs });
        const tools = draw("tool");
        add({ ...scope, tool: desk.tool, stage: "tool" }, { tools });
        for (const part of ["voice", "model", "transcriber", "transport"] as const) {
          for (let n = draw(part); n > 0; n -= 1) {
            const code = random.pick(codes[part](part === "transport" ? "" : desk[part]));
            const failure = findFailure(code);
            add(scope, { failures: 1 });
            add(
              {
                "end-reason": code,
                ...(failure?.provider && { provider: failure.provider }),
                ...(failure?.stage && { stage: failure.stage }),
              },
              { failures: 1 },
              false,
            );
          }
        }
      }
    }
    return sumCounts(counts);
  }

  usualAt(now: number): Usual {
    const hourAt = Math.floor(now / hour) * hour;
    const today = Math.floor(now / day) * day;
    const usual = toUsual(
      {
        days: [...this.#days].flatMap(([at, counts]) =>
          at < today && at >= today - usualWeeks * week
            ? counts.map((count) => ({ ...count, day: String(at) }))
            : [],
        ),
        hours: Array.from({ length: hoursBack }, (_, hoursAgo) =>
          Array.from({ length: usualWeeks }, (_, index) =>
            (this.#hours.get(hourAt - hoursAgo * hour - (index + 1) * week) ?? []).map((count) => ({
              ...count,
              hoursAgo,
              week: index + 1,
            })),
          ),
        ).flat(2),
        figures: Array.from(
          { length: usualWeeks },
          (_, index) => this.#hours.get(hourAt - (index + 1) * week) ?? [],
        ).flat(),
        weeks: usualWeeks,
        hourAt: new Date(hourAt),
      },
      rules,
    );
    if (!usual) throw new Error("Weeks of calls are too few.");
    return usual;
  }
}

const lookBack = 40 * minute;

/** What one who looks at `now` knows: nothing that is yet to come. */
function groupsAt(calls: readonly SimulatedCall[], now: number, usual: Usual | null): Group[] {
  const known = calls.filter(({ from, to }) => from <= now && to >= now - lookBack);
  const signals = known
    .flatMap((call) => call.signals)
    .filter(({ at }) => at <= now && at >= now - lookBack)
    .map((signal) => ({ ...signal, endedAt: (signal.endedAt ?? Infinity) <= now ? signal.endedAt : null }));
  const background = known.map(({ id, from, to, causes }) => ({
    id,
    from,
    to: to <= now ? to : null,
    causes,
  }));
  return findGroups(signals, background, rules, now, usual);
}

export interface FalseAlarm {
  at: number;
  what: string;
}

/** Days without an outage: what is called an incident all the same. */
export function watchQuiet(seed: string, load: number, days: number, from = quietFrom): FalseAlarm[] {
  const weeks = new Weeks(seed, load, from);
  const alarms = new Map<string, FalseAlarm>();
  const open = new Set<string>();
  let calls = callsBetween(seed, load, from - 4 * hour, from, null);
  const last = new Map<string, { causes: CauseValues; at: Date }>();
  const begin = ({ causes, from: at }: Pick<SimulatedCall, "causes" | "from">) =>
    last.set(`${causes.assistant} ${causes.number}`, { causes, at: new Date(at) });
  for (const call of calls) begin(call);
  let usual = weeks.usualAt(from);
  const quarters: SeriesCount[][] = [];
  for (let at = from; at < from + days * day; at += 15 * minute) {
    const now = at + 15 * minute;
    calls = calls.filter(({ to }) => to >= at - lookBack);
    let next = calls.length;
    calls.push(...callsBetween(seed, load, at, now, null));
    if (at % hour === 0) usual = weeks.usualAt(at);
    for (const { cause, openedAt } of groupsAt(calls, now, usual)) {
      if (openedAt < at) continue;
      const what = `${cause.kind} ${cause.value}`;
      alarms.set(`${what} ${openedAt}`, { at: openedAt, what });
    }
    const ended = calls.filter(({ to }) => to > at && to <= now);
    quarters.push(
      countSeries({ begun: [], ended: ended.map((call) => call.ended), alerts: [], answered: [] }),
    );
    const lately = { quarter: quarters.at(-1) ?? [], hour: sumCounts(quarters.slice(-4).flat()) };
    for (let moment = at + minute; moment <= now; moment += minute) {
      for (const call of calls.slice(next)) {
        if (call.from > moment) break;
        begin(call);
        next += 1;
      }
      const isWhole = moment === now;
      const verdicts = judgeFigures(
        usual,
        { ...(isWhole ? lately : { quarter: [], hour: [] }), lastBegun: [...last.values()] },
        rules,
        new Date(moment),
      );
      for (const verdict of verdicts) if (verdict.verdict === "usual") open.delete(verdict.watched);
      for (const { watched } of chooseUnusual(verdicts)) {
        if (open.has(watched)) continue;
        open.add(watched);
        alarms.set(`${watched} ${moment}`, { at: moment, what: watched });
      }
    }
  }
  return [...alarms.values()];
}

/** A Monday. */
export const quietFrom = Date.UTC(2026, 5, 1);

export interface Found {
  /** Until the fifth call was hit, after the outage began. */
  fifthMs: number;
  /** Until an incident opened, after the outage began; null: not while it was watched. */
  openedMs: number | null;
  /** Until the right cause was named, after the fifth call; at most 0 where that was sooner. */
  rightMs: number | null;
  /** The same after the outage began. */
  rightSinceStartMs: number | null;
}

/** An outage in a working hour, looked at with each event, as the incidents of real calls are. */
export function watchOutage(seed: string, weeks: Weeks, cause: OutageCause, longestMs = 45 * minute): Found {
  const random = createRandom(seed);
  const days = random.whole(0, 4);
  const at = weeks.until + days * day + random.between(9, 18) * hour;
  const load = weeks.load / rhythm(at);
  const outage = { cause, at };
  const calls = callsBetween(seed, load, at - 45 * minute, at + longestMs, outage);
  const usual = weeks.usualAt(at);
  const events = calls
    .flatMap(({ signals }) => signals)
    .filter((signal) => signal.at >= at && signal.at <= at + longestMs)
    .sort((a, b) => a.at - b.at);
  const hits = new Map<string, number>();
  for (const signal of events) {
    if (isHit(cause, signal) && !hits.has(signal.callId)) hits.set(signal.callId, signal.at);
  }
  const fifth = [...hits.values()].sort((a, b) => a - b)[4] ?? at + longestMs;
  const found: Found = { openedMs: null, rightMs: null, rightSinceStartMs: null, fifthMs: fifth - at };
  for (const { at: now } of events) {
    const groups = groupsAt(calls, now, usual).filter(({ lastAt }) => lastAt >= at);
    if (groups.length > 0 && found.openedMs === null) found.openedMs = now - at;
    if (groups.some((group) => isRight(cause, group))) {
      found.rightMs = Math.max(0, now - fifth);
      found.rightSinceStartMs = now - at;
      break;
    }
  }
  return found;
}

const isHit = (cause: OutageCause, { causes, kind }: Signal) =>
  cause === "version"
    ? causes.version === "desk-2@8"
    : cause === "tool"
      ? causes.tool === "find_order"
      : kind === "failure" && isOf(cause, causes);

const providers = { voice: "ElevenLabs", transcriber: "Deepgram", model: "OpenAI" } as const;

function isOf(cause: OutageCause, causes: CauseValues): boolean {
  if (cause === "voice" || cause === "transcriber" || cause === "model")
    return causes.provider === providers[cause];
  return causes.stage === cause;
}

/** Whether an incident names what was down: the provider or part, an end reason that says it, the tool, the version. */
export function isRight(cause: OutageCause, { cause: named }: Group): boolean {
  if (cause === "version") return named.kind === "version" && named.value === "desk-2@8";
  if (cause === "tool") return named.kind === "tool" && named.value === "find_order";
  if (named.kind === "end-reason") {
    const failure = findFailure(named.value);
    return isOf(cause, {
      ...(failure?.provider && { provider: failure.provider }),
      ...(failure?.stage && { stage: failure.stage }),
    });
  }
  return isOf(cause, { [named.kind]: named.value });
}
