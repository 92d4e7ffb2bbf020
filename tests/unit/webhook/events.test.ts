import { describe, expect, test } from "vitest";
import { hashToUuid } from "@/lib/secrets";
import { beforeAnswer, earliest, newest } from "@/lib/webhook/rank";
import type { ReadEvent, Reply } from "@/lib/webhook/server/define-event";
import { readEnvelope } from "@/lib/webhook/server/envelope";
import { findEvent } from "@/lib/webhook/server/registry";
import { readSnapshot } from "@/lib/webhook/server/snapshot";

const at = new Date("2026-06-05T10:00:00.000Z");
const answeredAt = new Date("2026-06-05T10:00:00.250Z");
const key = "b6f0a7c4-0000-4000-8000-000000000001";

function read(type: string, message: object): ReadEvent {
  const found = findEvent(type)?.read({ type, ...message });
  if (!found || "issues" in found) throw new Error(`${type} is not read: ${JSON.stringify(found)}`);
  return found.event;
}

const project = (type: string, message: object = {}, reply: Reply | null = null) =>
  read(type, message).project({ at, answeredAt, key }, reply);
const identity = (type: string, message: object = {}) => read(type, message).identity;
const isRead = (type: string, message: object) =>
  "event" in (findEvent(type)?.read({ type, ...message }) ?? {});
const mark = (kind: string, differences: object = {}) => ({ key, kind, at, ...differences });

describe("webhook: a status", () => {
  test("that begins the call sets the start time, ranked so that the earliest wins", () => {
    expect(project("status-update", { status: "in-progress" })).toEqual({
      call: { status: "in-progress", statusRank: newest(at), startedAt: at, startedRank: earliest(at) },
      marks: [],
    });
  });

  test("that ends the call outranks every other, and sets the time and reason", () => {
    expect(project("status-update", { status: "ended", endedReason: "customer-ended-call" }).call).toEqual({
      status: "ended",
      statusRank: newest(at, 1),
      endedAt: at,
      endedRank: earliest(at),
      endedReason: "customer-ended-call",
      endedReasonRank: newest(at),
    });
    expect(project("status-update", { status: "ended" }).call).not.toHaveProperty("endedReason");
    expect(project("status-update", { status: "ringing", endedReason: "x" })).toEqual({
      call: { status: "ringing", statusRank: beforeAnswer(at) },
      marks: [],
    });
  });

  test.each([
    [{ forwardingPhoneNumber: "+15550100950", destination: { number: "+15550100951" } }, "+15550100950"],
    [{ destination: { number: "+15550100951", sipUri: "sip:a@example.com" } }, "+15550100951"],
    [{ destination: { sipUri: "sip:a@example.com" } }, "sip:a@example.com"],
    [{}, null],
  ])("of a transfer records the destination: %j", (where, detail) => {
    expect(project("status-update", { status: "forwarding", ...where }).marks).toEqual([
      mark("transfer", { detail }),
    ]);
    expect(project("status-update", { status: "in-progress", ...where }).marks).toEqual([]);
  });

  test.each([
    ["forwarding", (messages: object[]) => ({ messages })],
    ["ended", (messages: object[]) => ({ artifact: { messages } })],
  ])("of %s brings the conversation so far, as a conversation update would", (status, wrap) => {
    const messages = [
      { role: "system", message: "You are friendly.", time: 1, secondsFromStart: 0 },
      { role: "user", message: "My meter is broken.", time: 1_767_000_000_000, endTime: 1_767_000_002_000 },
      { role: "bot", message: "I connect you.", time: 1_767_000_003_000, assistantName: "Intake" },
    ];
    const { lines, call } = project("status-update", { status, ...wrap(messages) });
    expect(lines).toEqual(project("conversation-update", { messages }).lines);
    expect(lines).toMatchObject([
      { text: "My meter is broken.", assistantName: null },
      { text: "I connect you.", assistantName: "Intake" },
    ]);
    expect(call).toMatchObject({ status, lastLineText: "I connect you." });
  });

  test("is identified by its status", () => {
    expect(identity("status-update", { status: "ended" })).toBe("ended");
    expect(isRead("status-update", { status: "" })).toBe(false);
  });
});

describe("webhook: a speech update", () => {
  test.each([
    ["user", "started", { userStartedAt: at }],
    ["user", "stopped", { userStoppedAt: at }],
    ["assistant", "started", { assistantStartedAt: at, assistantSpokeAt: at }],
    ["assistant", "stopped", { assistantStoppedAt: at }],
  ])("of the %s that has %s is recorded with its turn", (role, status, call) => {
    const marks = [mark(`speech-${status}`, { role, turn: 3 })];
    expect(project("speech-update", { role, status, turn: 3 })).toEqual({ call, marks });
    expect(project("speech-update", { role, status }).marks).toMatchObject([{ turn: null }]);
    expect(project("speech-update", { role, status, turn: -1 }).marks).toMatchObject([{ turn: null }]);
  });

  test("is identified by role, status and turn", () => {
    const ids = [
      { role: "user", status: "started", turn: 1 },
      { role: "user", status: "started", turn: 2 },
      { role: "user", status: "stopped", turn: 1 },
      { role: "assistant", status: "started", turn: 1 },
      { role: "user", status: "started" },
    ].map((message) => identity("speech-update", message));
    expect(new Set(ids).size).toBe(5);
  });
});

describe("webhook: a transcript", () => {
  const said = (differences: object = {}) => ({
    role: "user",
    transcriptType: "final",
    transcript: "On Thursday.",
    ...differences,
  });

  test("that is final becomes a line and the call's last line", () => {
    expect(project("transcript", said())).toEqual({
      call: {
        lastLineRole: "user",
        lastLineText: "On Thursday.",
        lastLineRank: newest(at),
        userFinalAt: at,
      },
      lines: [
        {
          key,
          role: "user",
          source: "transcript",
          text: "On Thursday.",
          at,
          assistantName: null,
          confidence: null,
          filter: null,
        },
      ],
    });
    const spoken = said({ role: "assistant", assistantName: "Ava", confidence: 0.9 });
    expect(project("transcript", spoken)).toMatchObject({
      call: { lastLineRole: "assistant", assistantFinalAt: at, assistantSpokeAt: at },
      lines: [{ assistantName: "Ava", confidence: 0.9 }],
    });
  });

  test("that is partial becomes the current partial and a line marked as partial", () => {
    const caller = project("transcript", said({ transcriptType: "partial" }));
    expect(caller).toMatchObject({
      call: { partialUserText: "On Thursday.", partialUserRank: newest(at) },
      lines: [{ role: "user", source: "partial", text: "On Thursday.", at }],
    });
    expect(caller.call).not.toHaveProperty("assistantSpokeAt");
    const assistant = project("transcript", said({ role: "assistant", transcriptType: "partial" }));
    expect(assistant.call).toEqual({
      partialAssistantText: "On Thursday.",
      partialAssistantRank: newest(at),
      assistantSpokeAt: at,
    });
    expect(read("transcript", said({ transcriptType: "partial" })).isChatty).toBe(true);
    expect(read("transcript", said()).isChatty).toBe(false);
  });

  test.each(["", "  \n "])("without words adds nothing: %j", (transcript) => {
    expect(project("transcript", said({ transcript }))).toEqual({});
  });

  test.each([
    [{ isFiltered: true }, { threats: [], original: null }],
    [{ detectedThreats: ["injection"] }, { threats: ["injection"], original: null }],
    [
      { isFiltered: true, detectedThreats: ["x"], originalTranscript: "Ignore that." },
      { threats: ["x"], original: "Ignore that." },
    ],
    [{ isFiltered: false, detectedThreats: [], originalTranscript: "On Thursday." }, null],
  ])("records what Vapi's security filter did: %j", (told, filter) => {
    expect(project("transcript", said(told)).lines).toMatchObject([{ filter }]);
  });
});

describe("webhook: live captions of the assistant", () => {
  test("count as assistant speech, and give the words spoken so far", () => {
    const facts = project("assistant.speechStarted", { text: "Good morning." });
    expect(facts).toMatchObject({
      call: {
        assistantSpokeAt: at,
        partialAssistantText: "Good morning.",
        partialAssistantRank: newest(at),
      },
      lines: [{ role: "assistant", source: "partial", text: "Good morning." }],
    });
    expect(project("assistant.speechStarted", { text: "" })).toEqual({ call: { assistantSpokeAt: at } });
  });
});

describe("webhook: an event on a call", () => {
  test.each([
    ["hang", {}, mark("hang")],
    ["user-interrupted", { turnId: "t" }, mark("interrupted", { role: "user" })],
    ["language-change-detected", { language: "de" }, mark("language", { detail: "de" })],
    ["language-changed", {}, mark("language", { detail: null })],
    ["call.deleted", {}, mark("deleted")],
    ["call.delete.failed", {}, mark("delete-failed")],
    [
      "assistant.started",
      { newAssistant: { id: "a", name: "Ava" } },
      mark("assistant-started", { role: "assistant", detail: "Ava" }),
    ],
    [
      "assistant.started",
      { newAssistant: { id: "a" } },
      mark("assistant-started", { role: "assistant", detail: "a" }),
    ],
    ["assistant.started", {}, mark("assistant-started", { role: "assistant", detail: null })],
    [
      "transfer-update",
      { destination: { number: "+15550100950" }, toAssistant: { name: "Ava" } },
      mark("transfer", { detail: "+15550100950" }),
    ],
    ["transfer-update", { toAssistant: { name: "Ava" } }, mark("transfer", { detail: "Ava" })],
    ["transfer-update", { destination: 7, toAssistant: 7 }, mark("transfer", { detail: null })],
  ])("of type %s becomes a mark: %j", (type, message, expected) => {
    expect(project(type, message).marks).toEqual([expected]);
  });

  test("of type hang is counted and its time is stored", () => {
    expect(project("hang").call).toEqual({ hangAt: at, hangs: 1 });
  });

  test.each([
    ["assistant.started", "newAssistant"],
    ["transfer-update", "toAssistant"],
  ])("of type %s sets the current assistant if it names one", (type, field) => {
    const configured = { call: { assistantId: "a" }, assistantVersion: "v4" };
    const call = (assistant: object | null, more: object = configured) =>
      project(type, { ...more, [field]: assistant }).call;
    const rank = newest(at);
    const ranks = { assistantRank: rank, assistantNameRank: rank };
    const unknown = { assistantVersion: null, assistantVersionRank: rank };
    expect(call({ id: "a", name: "Ava" })).toEqual({
      ...{ assistantId: "a", assistantName: "Ava", ...ranks },
      ...{ assistantVersion: "v4", assistantVersionRank: rank },
    });
    expect(call({ id: "a" }, { call: { assistantId: "a" } })).toEqual({
      ...{ assistantId: "a", assistantName: null, ...ranks },
    });
    // The version is that of the assistant the call was configured with.
    expect(call({ id: "b", name: "Billing" })).toEqual({
      ...{ assistantId: "b", assistantName: "Billing", ...ranks, ...unknown },
    });
    expect(call({ name: "Ava" })).toEqual({
      ...{ assistantId: null, assistantName: "Ava", ...ranks, ...unknown },
    });
    expect([call({}), call(null)]).toEqual([undefined, undefined]);
  });

  test("about artifact uploads becomes one mark per artifact, stored or not stored", () => {
    const artifacts = [
      { type: "recording", success: true },
      { type: "transcript", success: false },
    ];
    expect(project("call.artifact.upload", { artifacts }).marks).toEqual([
      mark("stored", { key: hashToUuid(key, "recording"), detail: "recording" }),
      mark("not-stored", { key: hashToUuid(key, "transcript"), detail: "transcript" }),
    ]);
    const failed = artifacts.map((artifact) => ({ ...artifact, success: false }));
    expect(identity("call.artifact.upload", { artifacts })).not.toBe(
      identity("call.artifact.upload", { artifacts: failed }),
    );
  });

  test.each(["call.deleted", "call.delete.failed", "call.artifact.upload"])(
    "of type %s may follow the end of a call and does not create one",
    (type) => {
      expect(read(type, { artifacts: [] }).isPostscript).toBe(true);
      expect(read("hang", {}).isPostscript).toBe(false);
    },
  );

  test.each([
    ["hang-up", null, "passed-on", mark("hang-up-asked", { detail: "passed on" })],
    [
      "forward",
      { number: "+15550100950" },
      "failed",
      mark("forward-asked", { detail: "+15550100950, could not be passed on" }),
    ],
    ["hang-up", null, undefined, mark("hang-up-asked", { detail: "no handler is set up for it" })],
  ])("asking to %s records its outcome: %j %s", (request, destination, outcome, expected) => {
    expect(
      project("phone-call-control", { request, destination }, outcome ? { outcome } : null).marks,
    ).toEqual([expected]);
  });

  test.each(["transfer-destination-request", "handoff-destination-request"])(
    "of type %s records the destination, or why there is none",
    (type) => {
      const answered = project(type, {}, { destination: { type: "number", number: "+15550100950" } });
      expect(answered.marks).toEqual([mark("transfer-answered", { detail: "+15550100950" })]);
      const refused = project(type, {}, { destination: {}, error: "Nobody is there." });
      expect(refused.marks).toEqual([mark("transfer-refused", { detail: "Nobody is there." })]);
    },
  );

  test("asking the knowledge base records the heading of each passage once", () => {
    const reply = {
      documents: [
        { content: "Hours\n\nNine to five." },
        { content: "Hours\n\nx" },
        { content: "Prices\n\ny" },
      ],
    };
    const detail = (given: Reply | null) =>
      project("knowledge-base-request", { messages: [] }, given).marks?.[0]?.detail;
    expect([detail(reply), detail({ documents: [] }), detail(null)]).toEqual(["Hours, Prices", null, null]);
  });
});

describe("webhook: a tool call", () => {
  const asked = (id: string, city: string) => ({ id, function: { name: "find_slot", arguments: { city } } });
  const two = { toolCallList: [asked("1", "Bonn"), asked("2", "Ulm")] };

  test("is stored with its own result or error, and sets the last tool's name", () => {
    const results = [
      { toolCallId: "1", result: "10:15" },
      { toolCallId: "2", error: "No slot." },
    ];
    const known = { name: "find_slot", askedAt: at, answeredAt };
    expect(project("tool-calls", two, { results })).toMatchObject({
      call: { lastToolName: "find_slot", lastToolRank: newest(at) },
      toolCalls: [
        { ...known, id: "1", arguments: { city: "Bonn" }, result: "10:15", error: null },
        { ...known, id: "2", arguments: { city: "Ulm" }, result: null, error: "No slot." },
      ],
    });
  });

  test("sets the board's last tool to the last one in its list", () => {
    const toolCallList = ["a", "b", "c"].map((name) => ({ id: name, function: { name, arguments: {} } }));
    expect(project("tool-calls", { toolCallList }).call).toMatchObject({ lastToolName: "c" });
  });

  test("without a result, or with a result at the wrong position, is unanswered", () => {
    const open = { answeredAt: null, result: null, error: null };
    expect(project("tool-calls", two).toolCalls).toMatchObject([open, open]);
    const turned = { results: [{ toolCallId: "2", result: "x" }] };
    expect(project("tool-calls", two, turned).toolCalls).toMatchObject([open, open]);
  });

  test("is read from either list, and an identical repeat counts once", () => {
    const twice = { toolCalls: [asked("1", "Bonn"), asked("1", "Bonn"), asked("1", "Ulm")] };
    expect(project("tool-calls", twice).toolCalls).toHaveLength(2);
    expect(project("tool-calls", { toolCallList: [] })).toEqual({ call: {}, toolCalls: [] });
    expect(isRead("tool-calls", {})).toBe(false);
    expect(identity("tool-calls", two)).not.toBe(
      identity("tool-calls", { toolCallList: [asked("1", "Bonn")] }),
    );
  });

  const old = (differences: object = {}) => ({
    functionCall: { name: "find_slot", parameters: { city: "Bonn" }, ...differences },
  });
  const kept = (message: object, reply: Reply | null = null) =>
    project("function-call", message, reply).toolCalls?.[0];

  test("in the format before 2024 is stored the same way", () => {
    expect(project("function-call", old({ id: "1" }), { result: "10:15" })).toMatchObject({
      call: { lastToolName: "find_slot", lastToolRank: newest(at) },
      toolCalls: [{ id: "1", name: "find_slot", askedAt: at, answeredAt, result: "10:15", error: null }],
    });
    expect(kept(old(), { result: "No slot.", error: "No slot." })).toMatchObject({
      result: null,
      error: "No slot.",
    });
    expect(kept(old())).toMatchObject({ id: key, answeredAt: null, result: null, error: null });
  });

  test("without an ID matches the last open one with the same arguments, else the last with the same name", () => {
    const history = (...ids: [string, string][]) =>
      ids.map(([id, city]) => ({ role: "tool_calls", toolCalls: [asked(id, city)], time: at.getTime() }));
    const answered = { role: "tool_call_result", toolCallId: "3", result: "x", time: at.getTime() };
    const messages = [...history(["1", "Bonn"], ["2", "Ulm"], ["3", "Bonn"]), answered];
    const of = (...told: object[]) => kept({ ...old(), artifact: { messages: told } })?.id;
    expect(of(...messages)).toBe("1");
    expect(of(...history(["1", "Ulm"], ["2", "Ulm"]))).toBe("2");
    expect(of(...history(["1", "Ulm"], ["2", "Ulm"], ["3", "Ulm"]))).toBe("3");
    expect(of(...messages.slice(-2))).toBe(key);
    const another = { role: "tool_calls", toolCalls: [{ id: "9", name: "echo", parameters: {} }], time: 1 };
    expect(of(another)).toBe(key);
  });
});

describe("webhook: a conversation update", () => {
  const messages = [
    { role: "bot", message: "Good morning.", time: at.getTime() - 9_000 },
    { role: "user", message: "On Thursday.", time: at.getTime() - 4_000 },
  ];

  test("becomes one line per message, and the last message is the call's last line", () => {
    const { call, lines } = project("conversation-update", { messages });
    expect(lines).toMatchObject([
      {
        role: "assistant",
        source: "conversation",
        text: "Good morning.",
        at: new Date(at.getTime() - 9_000),
      },
      { role: "user", source: "conversation", text: "On Thursday.", at: new Date(at.getTime() - 4_000) },
    ]);
    expect(call).toMatchObject({
      lastLineRole: "user",
      lastLineText: "On Thursday.",
      lastLineRank: newest(new Date(at.getTime() - 4_000)),
    });
  });

  test("that grows keeps the keys of its earlier lines", () => {
    const keys = (list: object[]) =>
      project("conversation-update", { messages: list }).lines?.map((line) => line.key);
    const longer = [...messages, { role: "bot", message: "Nine?", time: at.getTime() - 1_000 }];
    expect(keys(longer)?.slice(0, 2)).toEqual(keys(messages));
    const alike = [messages[0], messages[0]].flatMap((message) => message ?? []);
    expect(new Set(keys(alike)).size).toBe(2);
    const grown = [{ ...messages[0], message: "Good morning, Ava here." }];
    expect(keys(grown)).toEqual(keys(messages)?.slice(0, 1));
  });

  test("without times keeps the order of its lines and marks them as untimed", () => {
    const conversation = [
      { role: "assistant", content: "Good morning." },
      { role: "user", content: "On Thursday." },
    ];
    const { lines = [] } = project("conversation-update", { conversation });
    expect(lines.map(({ isUntimed, text }) => [isUntimed, text])).toEqual([
      [true, "Good morning."],
      [true, "On Thursday."],
    ]);
    const [first, second] = lines.map((line) => line.at.getTime());
    expect(first).toBeLessThan(second ?? 0);
    expect(project("conversation-update", { messagesOpenAIFormatted: conversation }).lines).toHaveLength(2);
    expect(project("conversation-update", { messages: [], conversation }).lines).toHaveLength(2);
    expect(project("conversation-update", {})).toEqual({ lines: [], toolCalls: [], call: {} });
  });

  test("with only seconds from the start gets times counted back from when it was sent", () => {
    const told = [
      { role: "bot", message: "Good morning.", secondsFromStart: 1.5 },
      { role: "user", message: "On Thursday.", secondsFromStart: 6 },
    ];
    const { lines } = project("conversation-update", { messages: told });
    expect(lines).toMatchObject([
      { at: new Date(at.getTime() - 4_500), fromStartMs: 1_500, isUntimed: false },
      { at, fromStartMs: 6_000, isUntimed: false },
    ]);
    expect(project("conversation-update", { messages }).lines?.[0]).not.toHaveProperty("isUntimed");
  });

  test("keeps lines at one position apart, and recognizes earlier lines by position and beginning", () => {
    const keysOf = (...texts: string[]) =>
      project("conversation-update", {
        conversation: texts.map((content) => ({ role: "user", content })),
      }).lines?.map((line) => line.key) ?? [];
    expect(keysOf("Yes", "On Thursday, please")).toEqual(keysOf("Yes indeed", "On Thursday"));
    expect(keysOf("Yes")).not.toEqual(keysOf("No"));
    expect(new Set(keysOf("Yes", "Yes", "Yes")).size).toBe(3);
    const atOnce = ["Yes", "No", "Yes"].map((message) => ({ role: "user", message, secondsFromStart: 2 }));
    const keys = project("conversation-update", { messages: atOnce }).lines?.map((line) => line.key);
    expect(new Set(keys).size).toBe(3);
    const voices = ["bot", "user"].map((role) => ({ role, message: "Yes", secondsFromStart: 2 }));
    const [one, other] = project("conversation-update", { messages: voices }).lines ?? [];
    expect(one?.key).not.toBe(other?.key);
  });

  test("sets no last line and no last tool if it has none", () => {
    expect(project("conversation-update", { messages }).call).not.toHaveProperty("lastToolName");
    const system = [{ role: "system", message: "Be brief." }];
    expect(project("conversation-update", { messages: system }).call).toEqual({});
    expect(project("conversation-update", { messages: system, conversation: messages }).lines).toHaveLength(
      2,
    );
  });

  test("is identified by its length and last words", () => {
    expect(identity("conversation-update", { messages })).toBe("2 On Thursday.");
    expect(identity("conversation-update", {})).toBe("0 ");
    const longer = [...messages, { role: "bot", message: "Nine?", time: at.getTime() - 1_000 }];
    expect(identity("conversation-update", { messages: longer })).toBe("3 Nine?");
    expect(project("conversation-update", { messages: longer }).call).toMatchObject({
      lastLineText: "Nine?",
    });
  });

  test("keys a line by when it was spoken, wherever it is in the list", () => {
    const keys = (list: object[]) =>
      project("conversation-update", { messages: list }).lines?.map((line) => line.key);
    expect(keys(messages)?.[0]).toBe(hashToUuid("conversation", "assistant", at.getTime() - 9_000));
    expect(keys(messages.slice(1))).toEqual(keys(messages)?.slice(1));
    const told = [1.5, 6].map((secondsFromStart) => ({ role: "user", message: "Yes.", secondsFromStart }));
    expect(keys(told.slice(1))).toEqual(keys(told)?.slice(1));
  });

  test("without words is still read for its tool calls", () => {
    const toolCalls = [{ id: "1", function: { name: "find_slot", arguments: {} } }];
    const conversation = [{ role: "tool_calls", toolCalls, time: at.getTime() }];
    const told = project("conversation-update", { messages: [], conversation });
    expect(told).toMatchObject({ lines: [], toolCalls: [{ id: "1" }] });
    expect(identity("conversation-update", { messages: [], conversation })).toBe("1 ");
    const signs = project("conversation-update", { conversation: [{ role: "user", content: "…" }] });
    expect(signs.lines).toMatchObject([{ text: "…" }]);
  });

  test("sets the last tool to the one that was called last", () => {
    const three = ["a", "b", "c"].map((id) => ({ id, function: { name: `tool_${id}`, arguments: {} } }));
    const asked = [{ role: "tool_calls", toolCalls: three, time: at.getTime() - 2_000 }];
    expect(project("conversation-update", { messages: asked }).call).toMatchObject({
      lastToolName: "tool_c",
    });
    const toolCalls = [{ id: "1", function: { name: "find_slot", arguments: {} } }];
    const told = [...messages, { role: "tool_calls", toolCalls, time: at.getTime() - 2_000 }];
    expect(project("conversation-update", { messages: told })).toMatchObject({
      call: { lastToolName: "find_slot", lastToolRank: newest(new Date(at.getTime() - 2_000)) },
      toolCalls: [{ id: "1" }],
    });
  });
});

describe("webhook: an event's identity", () => {
  test.each([
    ["assistant.started", { newAssistant: { id: "a", name: "Ava" } }, "a"],
    ["assistant.started", { newAssistant: { name: "Ava" } }, "Ava"],
    ["assistant.started", {}, ""],
    [
      "transfer-update",
      { destination: { number: "+15550100950" }, toAssistant: { name: "Ava" } },
      "+15550100950",
    ],
    ["transfer-update", { toAssistant: { name: "Ava" } }, "Ava"],
    ["transfer-update", {}, ""],
    ["transcript", { role: "user", transcriptType: "final", transcript: "Yes." }, "user Yes."],
    ["user-interrupted", { turnId: "t" }, "t"],
    ["user-interrupted", {}, ""],
    ["language-changed", { language: "de" }, "de"],
    ["language-changed", {}, ""],
    ["speech-update", { role: "user", status: "started", turn: 0 }, "user started 0"],
    [
      "phone-call-control",
      { request: "forward", destination: { number: "+15550100950" } },
      "forward +15550100950",
    ],
    ["phone-call-control", { request: "hang-up" }, "hang-up "],
    ["knowledge-base-request", { messages: [{}] }, "1"],
    ["knowledge-base-request", {}, "0"],
  ])("for %s %j is %j", (type, message, expected) => {
    expect(identity(type, message)).toBe(expected);
  });

  test("for a function call depends on its ID, tool and arguments", () => {
    const ids = [
      { name: "find_slot", parameters: { city: "Bonn" } },
      { name: "find_slot", parameters: { city: "Ulm" } },
      { name: "book_slot", parameters: { city: "Bonn" } },
      { id: "1", name: "find_slot", parameters: { city: "Bonn" } },
      { id: "2", name: "find_slot", parameters: { city: "Bonn" } },
    ].map((functionCall) => identity("function-call", { functionCall }));
    expect(new Set(ids).size).toBe(5);
  });
});

describe("webhook: message parts stored elsewhere are left out of the event log", () => {
  test.each([
    ["status-update", { status: "ended" }, ["transcript", "summary"]],
    ["transfer-update", {}, ["toAssistant", "fromAssistant"]],
    [
      "end-of-call-report",
      { endedReason: "customer-ended-call" },
      [
        "transcript",
        "summary",
        "analysis",
        "costs",
        "costBreakdown",
        "compliance",
        "recordingUrl",
        "stereoRecordingUrl",
      ],
    ],
  ])("for %s", (type, message, leftOut) => {
    expect(read(type, message).leaveOut).toEqual(leftOut);
  });

  test("and secrets are removed from tool results, filtered transcripts and captions", () => {
    const secret = "Bearer abcdefghijklmnop";
    const asked = { toolCallList: [{ id: "1", function: { name: "echo", arguments: {} } }] };
    const keptOf = (results: object[]) => JSON.stringify(project("tool-calls", asked, { results }));
    expect(keptOf([{ toolCallId: "1", result: secret }])).not.toContain("abcdefgh");
    expect(keptOf([{ toolCallId: "1", error: secret }])).not.toContain("abcdefgh");
    const old = { functionCall: { name: "echo", parameters: {} } };
    expect(JSON.stringify(project("function-call", old, { result: secret }))).not.toContain("abcdefgh");
    const said = { role: "user", transcriptType: "final", transcript: "…", isFiltered: true };
    const filtered = project("transcript", { ...said, originalTranscript: secret });
    expect(JSON.stringify(filtered)).not.toContain("abcdefgh");
    const spoken = project("assistant.speechStarted", { text: secret });
    expect(JSON.stringify(spoken)).not.toContain("abcdefgh");
  });
});

describe("webhook: an event without facts about a call", () => {
  test.each([
    ["chat.created", { chat: { id: "c" } }, "c"],
    ["chat.deleted", { chat: {} }, ""],
    ["chat.deleted", { chat: { id: "c" } }, "c"],
    ["session.created", { session: { id: "s", status: "active", updatedAt: "x" } }, "s active x"],
    ["session.updated", { session: {} }, "  "],
    ["session.deleted", { session: { id: "s" } }, "s  "],
    ["campaign.predial", { campaignId: "k", contact: { id: "c", number: "+1" } }, "k c"],
    ["campaign.predial", { campaignId: "k", contact: { number: "+15550100103" } }, "k +15550100103"],
  ])("of type %s with %j belongs to no call", (type, message, id) => {
    const event = read(type, message);
    expect([event.isAboutCall, event.identity]).toEqual([false, id]);
    expect(project(type, message)).toEqual({});
  });

  test.each([
    ["model-output", { output: "Hi" }],
    ["voice-input", { input: "Hi" }],
    ["assistant.speechStarted", { text: "Hi" }],
  ])("of type %s counts as frequent", (type, message) => {
    expect(read(type, message).isChatty).toBe(true);
    if (type !== "assistant.speechStarted") expect(project(type, message)).toEqual({});
  });
});

describe("webhook: a request answered without a database", () => {
  const envelope = readEnvelope({
    body: new TextEncoder().encode(JSON.stringify({ message: { type: "x", call: { id: "c" } } })),
    conversationUuid: null,
    headers: new Headers(),
    receivedAt: at,
  });
  const respond = async (type: string, message: object) =>
    envelope && (await read(type, message).respond?.(envelope))?.reply;

  test("for a voice gets no audio", async () => {
    expect(await respond("voice-request", { text: "Hi", sampleRate: 8_000 })).toMatchObject({ data: "" });
    expect(project("voice-request", { text: "Hi", sampleRate: 8_000 })).toEqual({});
    expect(identity("voice-request", { text: "Hi", sampleRate: 8_000 })).toBe("Hi");
  });

  test("for endpointing is answered from the caller's last words", async () => {
    const messages = [{ role: "user", message: "Are you open on Saturday?", time: at.getTime() }];
    expect(await respond("call.endpointing.request", { messages })).toEqual({ timeoutSeconds: 0.4 });
    expect(project("call.endpointing.request", { messages })).toEqual({});
    expect(identity("call.endpointing.request", { messages })).toBe("1");
    expect(identity("knowledge-base-request", { messagesOpenAIFormatted: [{}, {}] })).toBe("2");
    expect(identity("call.endpointing.request", {})).toBe("0");
  });

  test("for an assistant marks the call as ringing", () => {
    expect(project("assistant-request")).toEqual({ call: { status: "ringing", statusRank: 0 } });
  });
});

test.each([
  [{ number: "+15550100901", sipUri: "sip:desk@example.com" }, "+15550100901"],
  [{ twilioPhoneNumber: "+15550100902", twilioAccountSid: "AC1" }, "+15550100902"],
  [{ provider: "vapi", sipUri: "sip:desk@example.com" }, "sip:desk@example.com"],
])("webhook: the called number is read from %j", (phoneNumber, number) => {
  expect(readSnapshot({ call: { phoneNumber } }, at)).toMatchObject({ phoneNumber: number });
});
