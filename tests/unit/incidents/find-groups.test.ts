import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Signal } from "@/lib/incidents/bursts";
import { findGroups, matchGroups } from "@/lib/incidents/group";
import { incidentRulesSetting } from "@/lib/incidents/rules";
import type { BackgroundCall } from "@/lib/incidents/volumes";

const rules = incidentRulesSetting.initial;
const minuteMs = 60_000;

/** Signals and calls of eight assistants and three numbers; `second` counts from noon. */
function failure(n: number, second: number, more: Partial<Signal["causes"]> = {}): Signal {
  const at = second * 1000;
  return {
    id: `call-${n}`,
    callId: `call-${n}`,
    kind: "failure",
    at,
    endedAt: at,
    causes: { ...scope(n), ...more },
  };
}

function alert(
  n: number,
  second: number,
  endedAt: number | null,
  more: Partial<Signal["causes"]> = {},
): Signal {
  const causes = { ...scope(n), stage: "response", ...more };
  return {
    id: `call-${n}~${second}`,
    callId: `call-${n}`,
    kind: "alert",
    at: second * 1000,
    endedAt,
    causes,
  };
}

const scope = (n: number) => ({
  assistant: `assistant-${n % 8}`,
  version: `assistant-${n % 8}@v${n % 2}`,
  number: `+1555010000${n % 3}`,
});

const background = (howMany: number, first = 10_000): BackgroundCall[] =>
  Array.from({ length: howMany }, (_, n) => ({
    id: `call-${first + n}`,
    from: 0,
    to: null,
    causes: scope(first + n),
  }));

const eleven = (n: number) => ({
  provider: "ElevenLabs",
  stage: "voice",
  "end-reason":
    n % 2
      ? "call.in-progress.error-vapifault-eleven-labs-500-server-error"
      : "pipeline-error-eleven-labs-503",
});

function brokenTool(n: number, second: number, tool = "book"): Signal {
  const at = second * 1000;
  return {
    id: `call-${n} tool ${tool}`,
    callId: `call-${n}`,
    kind: "tool",
    at,
    endedAt: at,
    causes: { ...scope(n), tool, stage: "tool" },
  };
}

const success = (n: number, second: number, tool = "book") => ({
  tool,
  callId: `call-${n}`,
  at: second * 1000,
});

const find = (signals: Signal[], calls: BackgroundCall[], now = 60_000) =>
  findGroups(signals, calls, rules, now);

describe("incidents: the likely cause", () => {
  test("failures of one provider with several end reasons on all assistants are one incident of that provider", () => {
    const signals = Array.from({ length: 20 }, (_, n) => failure(n, n, eleven(n)));
    const [group, ...others] = find(signals, background(40));
    expect(others).toEqual([]);
    expect(group).toMatchObject({
      cause: {
        kind: "provider",
        value: "ElevenLabs",
        evidence: { with: { failed: 20, total: 20 }, without: { failed: 0, total: 40 } },
      },
      since: 0,
      openedAt: 4_000,
      closedAt: null,
    });
    expect(group?.members).toHaveLength(20);
  });

  test("hangs of one assistant among healthy others are an incident of that assistant, with both rates", () => {
    const signals = Array.from({ length: 6 }, (_, n) => alert(n * 8, n, null));
    const [group, ...others] = find(signals, background(64));
    expect(others).toEqual([]);
    expect(group?.cause).toEqual({
      kind: "assistant",
      value: "assistant-0",
      evidence: { with: { failed: 6, total: 14 }, without: { failed: 0, total: 56 } },
    });
  });

  test("if only one version of an assistant fails, that version is the cause", () => {
    const versioned = (n: number, version: string) => ({
      ...scope(0),
      version: `assistant-0@${version}`,
      number: `+1${n}`,
    });
    const signals = Array.from({ length: 6 }, (_, n) => alert(n, n, null, versioned(n, "v8")));
    const healthy = background(24).map((call, n) => ({
      ...call,
      causes: versioned(100 + n, n < 4 ? "v8" : "v7"),
    }));
    expect(find(signals, healthy)[0]?.cause).toMatchObject({ kind: "version", value: "assistant-0@v8" });
  });

  test("two causes at once are two incidents, each with its own calls", () => {
    const hangs = Array.from({ length: 40 }, (_, n) => alert(1_000 + n * 8, n, null));
    const failures = Array.from({ length: 200 }, (_, n) => failure(n, n / 4, eleven(n)));
    const groups = find([...hangs, ...failures], background(60));
    expect(groups.map(({ cause, members }) => [cause.kind, cause.value, members.length])).toEqual([
      ["provider", "ElevenLabs", 200],
      ["assistant", "assistant-0", 40],
    ]);
  });

  test("a number that takes every call is a cause only if nothing else explains the failures", () => {
    const one = { number: "+15550100000" };
    const signals = Array.from({ length: 40 }, (_, n) =>
      failure(n, n, n < 20 ? { ...eleven(n), ...one } : { provider: "Deepgram", ...one }),
    );
    const healthy = background(40).map((call) => ({ ...call, causes: { ...call.causes, ...one } }));
    const values = find(signals, healthy).map(({ cause }) => cause.value);
    expect(values.sort()).toEqual(["Deepgram", "ElevenLabs"]);
    const apart = Array.from({ length: 40 }, (_, n) => failure(n, n, { ...one, "end-reason": `error-${n}` }));
    expect(find(apart, healthy).map(({ cause }) => cause.kind)).toEqual(["number"]);
    const others = background(40).map((call) => ({
      ...call,
      causes: { ...call.causes, number: "+15550100009" },
    }));
    expect(
      find(
        apart.map((each, n) => ({ ...each, causes: { assistant: `assistant-${n % 8}` } })),
        others,
      ),
    ).toEqual([]);
  });

  test("four failing calls within a minute are not an incident, nor are five failing calls 61 s apart", () => {
    expect(
      find(
        Array.from({ length: 4 }, (_, n) => failure(n, n, eleven(n))),
        background(60),
      ),
    ).toEqual([]);
    expect(
      find(
        Array.from({ length: 5 }, (_, n) => failure(n, n * 61, eleven(n))),
        background(60),
      ),
    ).toEqual([]);
  });

  test("five alerts on one call count as one call and are not an incident", () => {
    const signals = Array.from({ length: 5 }, (_, n) => alert(7, n, n * 1000 + 500));
    expect(find(signals, background(60))).toEqual([]);
  });
});

describe("incidents: hangs, and the providers that the assistants run on", () => {
  const number = "+15550100000";
  const onAssistant = (n: number, assistant: number) =>
    ({ ...scope(n), assistant: `assistant-${assistant}`, version: "v1", number }) as const;
  /** Assistants 0 to 3 hang. */
  const hung = Array.from({ length: 12 }, (_, n) => alert(n, n, null, onAssistant(n, n % 4)));
  /** The other calls belong to assistants 4 to 7. */
  const healthy = background(40).map((call, n) => ({ ...call, causes: onAssistant(n, 4 + (n % 4)) }));
  const causesBy = (providersOf: (assistant: number) => string[], calls = healthy, signals = hung) =>
    findGroups(signals, calls, rules, 60_000, {
      providersOf: new Map(
        Array.from({ length: 8 }, (_, assistant) => [`assistant-${assistant}`, providersOf(assistant)]),
      ),
    }).map(({ cause }) => cause);
  const noResponse = [{ kind: "stage", value: "response" }];

  test("a provider used by all hanging assistants and no others is the cause, with both rates", () => {
    expect(causesBy((n) => ["OpenAI", n < 4 ? "Cartesia" : "ElevenLabs"])).toEqual([
      {
        kind: "provider",
        value: "Cartesia",
        evidence: { with: { failed: 12, total: 12 }, without: { failed: 0, total: 40 } },
      },
    ]);
  });

  test("a provider that healthy calls also use is not the cause", () => {
    expect(causesBy(() => ["OpenAI", "Cartesia"])).toMatchObject(noResponse);
    const also = background(400).map((call, n) => ({ ...call, causes: onAssistant(n, n % 8) }));
    expect(causesBy((n) => (n < 7 ? ["Cartesia"] : ["ElevenLabs"]), also)).not.toMatchObject([
      { kind: "provider" },
    ]);
  });

  test("a provider is not the cause if another fits equally well, only some hanging calls use it, or none is known", () => {
    expect(causesBy((n) => (n < 4 ? ["Groq", "Cartesia"] : ["OpenAI"]))).toMatchObject(noResponse);
    expect(causesBy((n) => (n < 2 ? ["Cartesia"] : []))).toMatchObject(noResponse);
    expect(causesBy(() => [])).toMatchObject(noResponse);
  });

  test("if only one assistant hangs, that assistant is the cause instead of its provider", () => {
    const ofOne = hung.map((signal, n) => ({
      ...signal,
      causes: { ...onAssistant(n, 0), stage: "response" },
    }));
    expect(causesBy((n) => (n === 0 ? ["Cartesia"] : ["ElevenLabs"]), healthy, ofOne)).toMatchObject([
      { kind: "assistant", value: "assistant-0" },
    ]);
  });
});

describe("incidents: from the first to the last call", () => {
  const burst = Array.from({ length: 5 }, (_, n) => failure(n, n, eleven(n)));

  test("later calls join while less than five minutes pass between them", () => {
    const later = [failure(5, 280, eleven(5)), failure(6, 560, eleven(6))];
    const [group, ...others] = find([...burst, ...later], background(20), 600_000);
    expect(others).toEqual([]);
    expect(group).toMatchObject({ lastAt: 560_000, closedAt: null });
    expect(group?.members).toHaveLength(7);
  });

  test("an incident closes five minutes after its last call is over, but not while an alert lasts", () => {
    const over = 4_000 + 5 * minuteMs;
    expect(find(burst, background(20), over - 1)[0]?.closedAt).toBeNull();
    expect(find(burst, background(20), over)[0]?.closedAt).toBe(over);
    const lasting = [...burst, alert(0, 2, null)];
    expect(find(lasting, background(20), over + minuteMs)[0]?.closedAt).toBeNull();
  });

  test("calls that hang and then fail are one incident", () => {
    const signals = [...burst, ...Array.from({ length: 5 }, (_, n) => alert(n, n / 2, n * 1000))];
    const groups = find(signals, background(20));
    expect(groups).toHaveLength(1);
  });
});

describe("incidents: the order in which events arrive", () => {
  const signal = fc.record({
    n: fc.integer({ min: 0, max: 30 }),
    second: fc.integer({ min: 0, max: 900 }),
    what: fc.constantFrom("hang", "eleven", "deepgram"),
    lasts: fc.option(fc.integer({ min: 0, max: 60 })),
  });
  const toSignal = ({
    n,
    second,
    what,
    lasts,
  }: {
    n: number;
    second: number;
    what: string;
    lasts: number | null;
  }) =>
    what === "hang"
      ? alert(n, second, lasts === null ? null : (second + lasts) * 1000)
      : failure(n, second, what === "eleven" ? eleven(n) : { provider: "Deepgram", stage: "transcriber" });

  test("changes neither the incidents nor their causes, members, starts or ends", () => {
    fc.assert(
      fc.property(
        fc
          .uniqueArray(signal, { selector: ({ n, second, what }) => `${n} ${second} ${what}`, maxLength: 60 })
          .map((all) => [...new Map(all.map(toSignal).map((one) => [one.id, one])).values()])
          .chain((all) =>
            fc.tuple(
              fc.constant(all),
              fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length }),
            ),
          ),
        fc.integer({ min: 0, max: 40 }),
        ([all, shuffled], howMany) => {
          const calls = background(howMany);
          const now = 1_000_000;
          expect(find(shuffled, calls.toReversed(), now)).toEqual(find(all, calls, now));
        },
      ),
    );
  });

  test("never puts one alert or failure into two incidents", () => {
    fc.assert(
      fc.property(fc.array(signal, { maxLength: 60 }), (all) => {
        const signals = [...new Map(all.map(toSignal).map((one) => [one.id, one])).values()];
        const members = find(signals, background(20)).flatMap((group) => group.members.map(({ id }) => id));
        expect(new Set(members).size).toBe(members.length);
      }),
    );
  });
});

test("incidents: a group continues the known incident with the most shared calls, and each known one continues once", () => {
  const group = (...ns: number[]) => ({
    cause: {
      kind: "provider" as const,
      value: "x",
      evidence: { with: { failed: 1, total: 1 }, without: { failed: 0, total: 0 } },
    },
    members: ns.map((n) => failure(n, n)),
    since: 0,
    openedAt: 0,
    lastAt: 0,
    closedAt: null,
  });
  const known = [
    { id: "a", callIds: new Set(["call-1", "call-2", "call-3"]) },
    { id: "b", callIds: new Set(["call-1"]) },
  ];
  const matched = matchGroups([group(1, 9), group(1, 2, 3, 4), group(8)], known);
  expect(matched.map(({ id }) => id)).toEqual(["b", "a", null]);
});

describe("incidents: tools, before a baseline exists", () => {
  const failing = (count: number, everySeconds = 10) =>
    Array.from({ length: count }, (_, n) => brokenTool(n, n * everySeconds));
  const findTools = (signals: Signal[], successes: ReturnType<typeof success>[], now = 60_000) =>
    findGroups(signals, background(40), rules, now, { successes });

  test("five calls in a minute with a failing tool are an incident of that tool; four, or five over longer, are not", () => {
    expect(findTools(failing(5), [])).toMatchObject([
      { cause: { kind: "tool", value: "book" }, members: { length: 5 }, openedAt: 40_000, closedAt: null },
    ]);
    expect(findTools(failing(4), [])).toEqual([]);
    expect(findTools(failing(5, 20), [])).toEqual([]);
    const twice = failing(4).flatMap((signal) => [signal, { ...signal, id: `${signal.id} again` }]);
    expect(findTools(twice, [])).toEqual([]);
  });

  test("a tool that succeeds in more than half of the calls is not an incident", () => {
    const successes = (count: number) => Array.from({ length: count }, (_, n) => success(100 + n, 5 * n));
    expect(findTools(failing(5), successes(5))).toMatchObject([{ cause: { value: "book" } }]);
    expect(findTools(failing(5), successes(6))).toEqual([]);
    // Another tool's, an earlier one, and one on a call in which the tool also failed.
    const others = [success(7, 1, "find"), success(8, -100), success(0, 2)];
    expect(findTools(failing(5), [...successes(5), ...others])).toHaveLength(1);
  });

  test("a tool's ordinary errors neither keep its incident open nor become an incident of another cause", () => {
    const later = Array.from({ length: 30 }, (_, n) => brokenTool(50 + n, 60 + n * 100));
    const successes = Array.from({ length: 600 }, (_, n) => success(1_000 + n, 60 + n * 5));
    const [group, ...others] = findTools([...failing(6), ...later], successes, 3_600_000);
    expect(others).toEqual([]);
    expect(group?.closedAt).toBeLessThan(15 * minuteMs);
    expect(findTools(later, successes, 3_600_000)).toEqual([]);
  });

  test("errors of a tool that mostly works are not evidence for another cause", () => {
    const failures = Array.from({ length: 6 }, (_, n) => failure(8 * n, n, eleven(n)));
    const errors = Array.from({ length: 20 }, (_, n) => brokenTool(100 + n, n));
    const successes = Array.from({ length: 60 }, (_, n) => success(200 + n, n / 3));
    expect(findTools([...failures, ...errors], successes)).toEqual(findTools(failures, successes));
  });
});
