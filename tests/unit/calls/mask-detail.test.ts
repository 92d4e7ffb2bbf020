import { describe, expect, test } from "vitest";
import {
  maskAnswer,
  maskDestination,
  maskDetail,
  maskJson,
  maskLine,
  maskMark,
  maskRecord,
  maskToolCall,
} from "@/lib/calls/mask";
import { BigInteger } from "@/lib/lossless-json";
import { atSecond } from "@/tests/support/deliveries/at-second";
import { makeAlert } from "@/tests/support/makers/make-alert";
import { makeCall } from "@/tests/support/makers/make-call";
import { makeDetail } from "@/tests/support/makers/make-detail";
import { makeReport } from "@/tests/support/makers/make-report";
import { makeMark, makeSourceLine } from "@/tests/support/makers/make-speech-facts";

const names = ["Jane Doe"];
const jane = makeCall({ customerName: "Jane Doe" });
const said = "Jane, 555 010 0103";
const masked = "•••, •••03";

describe("the call page for viewers", () => {
  test("names of earlier callers in the conversation are masked too", () => {
    const conversation = {
      ...makeDetail().conversation,
      name: "Omar and Jane",
      context: { note: "Omar called" },
    };
    const page = maskDetail(makeDetail({ call: jane, conversation }), ["Omar Ali"]);
    expect(page.conversation).toEqual({
      ...conversation,
      name: "••• and •••",
      context: { note: "••• called" },
    });
  });

  test("a missing conversation name, report or final context stays missing", () => {
    expect(maskDetail(makeDetail())).toMatchObject({
      conversation: { name: null },
      report: null,
      contextAtEnd: null,
    });
  });

  test("the context at the call's end is masked, and its version is kept", () => {
    const contextAtEnd = { context: { note: said }, version: 7 };
    expect(maskDetail(makeDetail({ call: jane, contextAtEnd })).contextAtEnd).toEqual({
      context: { note: masked },
      version: 7,
    });
  });

  test("source lines, partials and the caller in alerts are masked", () => {
    const alert = makeAlert();
    const page = maskDetail(
      makeDetail({
        call: jane,
        heard: [makeSourceLine({ text: said })],
        partials: [{ role: "user", text: said, at: atSecond(2) }],
        alerts: [
          { ...alert, call: { ...alert.call, customerName: "Jane Doe", customerNumber: "+15550100103" } },
        ],
      }),
    );
    expect(page.heard.map(({ text }) => text)).toEqual([masked]);
    expect(page.partials).toEqual([{ role: "user", text: masked, at: atSecond(2) }]);
    expect(page.alerts).toMatchObject([
      { id: alert.id, call: { customerName: "J••• D•••", customerNumber: "•••03" } },
    ]);
  });

  test("lines, marks and tool calls stay on the page, masked", () => {
    const toolCall = {
      id: "1",
      toolCallId: "call_1",
      name: "find",
      arguments: { note: said },
      askedAt: atSecond(1),
      answeredAt: null,
      result: null,
      error: null,
    };
    const shown = maskDetail(
      makeDetail({
        call: jane,
        lines: [{ ...makeSourceLine({ text: said }), onlyIn: null }],
        marks: [{ ...makeMark("transfer", null, 3), detail: "4567" }],
        toolCalls: [toolCall],
      }),
    );
    expect(shown.lines.map(({ text }) => text)).toEqual([masked]);
    expect(shown.marks.map(({ detail }) => detail)).toEqual(["•••67"]);
    expect(shown.toolCalls).toEqual([{ ...toolCall, arguments: { note: masked } }]);
  });

  test("a playable recording is blocked, and the details of its copy are hidden", () => {
    const recording = {
      state: "playable",
      why: null,
      copy: "kept",
      copyError: "It took three tries.",
    } as const;
    expect(maskDetail(makeDetail({ recording })).recording).toMatchObject({
      state: "not-allowed",
      why: expect.stringContaining("operator"),
      copy: null,
      copyError: null,
    });
  });

  test("the texts of a report are masked, and its figures are kept", () => {
    const report = makeReport({
      summary: said,
      successEvaluation: "true",
      structuredOutputs: [{ id: "1", name: "For Jane", result: { note: said }, skipped: "Jane hung up" }],
      scorecards: [
        { id: "2", name: "Jane's score", score: 7, percent: 70, points: [{ of: "Calm Jane", points: 5 }] },
      ],
      transfers: [
        {
          destination: "555-0103",
          name: "Jane's desk",
          transcript: said,
          mode: "warm for Jane",
          status: "Jane refused",
        },
      ],
    });
    expect(maskDetail(makeDetail({ call: jane, report })).report).toEqual({
      ...report,
      summary: masked,
      structuredOutputs: [{ id: "1", name: "For •••", result: { note: masked }, skipped: "••• hung up" }],
      scorecards: [
        { id: "2", name: "•••'s score", score: 7, percent: 70, points: [{ of: "Calm •••", points: 5 }] },
      ],
      transfers: [
        {
          destination: "•••03",
          name: "•••'s desk",
          transcript: masked,
          mode: "warm for •••",
          status: "••• refused",
        },
      ],
    });
  });

  test("missing fields of a report stay missing", () => {
    const report = makeReport({
      structuredOutputs: [{ id: "1", name: null, result: 5, skipped: null }],
      scorecards: [{ id: "2", name: null, score: null, percent: null, points: [] }],
      transfers: [{ destination: null, mode: null, status: null }],
    });
    expect(maskDetail(makeDetail({ report })).report).toEqual(report);
  });
});

describe("parts of a call for viewers", () => {
  test("the original text that the security filter removed from a line is masked like the line", () => {
    const filter = { threats: ["injection"], original: said };
    expect(maskLine(makeSourceLine({ text: said, filter }), names)).toEqual(
      makeSourceLine({ text: masked, filter: { threats: ["injection"], original: masked } }),
    );
    const unchanged = makeSourceLine({ filter: { threats: [], original: null } });
    expect(maskLine(unchanged, names)).toEqual(unchanged);
  });

  test.each([
    ["911", "•••11"],
    ["+1 (555) 010-0103", "•••03"],
    ["sip:9@example.com", "•••"],
    ["SIPS:1234@example.com", "•••34"],
    ["tel:112", "•••12"],
    ["desk7@example.com", "•••"],
    ["Team 24 of Jane", "Team 24 of •••"],
    ["Ask sip:9", "Ask sip:9"],
    ["Desk 12", "Desk 12"],
    ["12 desks", "12 desks"],
  ])("a transfer to %j is shown as %j", (destination, shown) => {
    expect(maskDestination(destination, names)).toBe(shown);
  });

  test.each(["transfer", "transfer-answered", "forward-asked"] as const)(
    "a short number in a %s mark is masked",
    (kind) => {
      expect(maskMark({ ...makeMark(kind, null, 1), detail: "4567" }, names).detail).toBe("•••67");
    },
  );

  test("a language mark keeps a short number, and the caller's name in it is masked", () => {
    const mark = { ...makeMark("language", null, 1), detail: "Jane 4567" };
    expect(maskMark(mark, names)).toEqual({ ...mark, detail: "••• 4567" });
    expect(maskMark(makeMark("hang", null, 1), names)).toEqual(makeMark("hang", null, 1));
  });

  test("the name, arguments, result, error and warnings of a tool call are masked", () => {
    const toolCall = {
      id: "1",
      toolCallId: "call_1",
      name: "find-Jane",
      arguments: { note: said, phone: "1" },
      askedAt: atSecond(1),
      answeredAt: atSecond(2),
      result: said,
      error: null,
      warnings: ["Jane's answer is too large"],
    };
    expect(maskToolCall(toolCall, names)).toEqual({
      ...toolCall,
      name: "find-•••",
      arguments: { note: masked, phone: "•••" },
      result: masked,
      warnings: ["•••'s answer is too large"],
    });
    const open = { ...toolCall, name: "find", arguments: {}, result: null, warnings: null };
    expect(maskToolCall({ ...open, error: said }, names)).toEqual({ ...open, error: masked });
  });
});

describe("JSON values for viewers", () => {
  test.each([
    "name",
    "lastName",
    "phone",
    "mobile",
    "email",
    "e-mail",
    "address",
    "street",
    "birthday",
    "dob",
  ])("everything under the key %s is hidden", (key) => {
    expect(maskRecord({ [key]: { any: ["thing"] } })).toEqual({ [key]: "•••" });
  });

  test("a null value under a personal key stays null", () => {
    expect(maskRecord({ name: null })).toEqual({ name: null });
  });

  test("keys are masked, and keys that become equal are numbered and kept", () => {
    const record = { "555 010 0103": 1, "555 020 0103": 2, "555 030 0103": 3 };
    expect(maskRecord(record)).toEqual({ "•••03": 1, "•••03 (2)": 2, "•••03 (3)": 3 });
  });

  test.each([
    [12_345, 12_345],
    [123_456, "•••56"],
    [new BigInteger("2512292042121000001"), "•••01"],
    [true, true],
    [null, null],
    [
      [{ note: said }, said],
      [{ note: masked }, masked],
    ],
    ["plain", "plain"],
  ])("the value %j is shown as %j", (value, shown) => {
    expect(maskJson(value, names)).toEqual(shown);
  });

  test("JSON text is masked by its keys, even after a leading blank", () => {
    expect(maskAnswer(' {"street":"1 Main St","note":"Jane"}', names)).toBe('{"street":"•••","note":"•••"}');
  });

  test("text with JSON after other words is masked as plain text", () => {
    expect(maskAnswer('found {"street":"1 Main St"} for Jane', names)).toBe(
      'found {"street":"1 Main St"} for •••',
    );
  });
});
