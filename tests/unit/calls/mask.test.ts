import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { callSchema } from "@/lib/calls/call";
import { maskAnswer, maskCall, maskDestination, maskDetail, maskJson, maskRecord } from "@/lib/calls/mask";
import { maskNumber, maskText } from "@/lib/calls/mask-text";
import { mergeLines } from "@/lib/calls/merge-lines";
import { maskPush } from "@/lib/realtime/mask-push";
import { toChunks } from "@/lib/to-chunks";
import { atSecond } from "@/tests/support/deliveries/at-second";
import { makeCall } from "@/tests/support/makers/make-call";
import { makeDetail } from "@/tests/support/makers/make-detail";
import { makeReport } from "@/tests/support/makers/make-report";
import { makeSourceLine } from "@/tests/support/makers/make-speech-facts";

describe("masking for viewers", () => {
  test.each([
    ["call me at +1 (555) 010-0103 please", "call me at •••03 please"],
    ["my number is 555 010 0103.", "my number is •••03."],
    ["write to jane.doe+x@example.co.uk today", "write to •••@••• today"],
    ["five five five, zero one zero three is it", "••• is it"],
    ["at 10:30 it costs 49.90, in 2026", "at 10:30 it costs 49.90, in 2026"],
    ["one or two of them", "one or two of them"],
  ])("the text %j is shown as %j", (text, masked) => {
    expect(maskText(text)).toBe(masked);
  });

  test("text with an @ but no e-mail address stays unchanged, and e-mail addresses are masked", () => {
    for (const text of ["me@.com", "me@com..", "j.doe@office", "@handle.example", "me@", "a @ b.c"]) {
      expect(maskText(text)).toBe(text);
    }
    expect(maskText("a@b.co, and me@example.com.")).toBe("•••@•••, and •••@•••.");
  });

  test("a number with more than two digits shows only the last two", () => {
    expect(maskNumber("12")).toBe("•••");
    expect(maskNumber("1 23")).toBe("•••23");
  });

  test("a transfer destination is masked if it is a number or an address, and a name is kept", () => {
    for (const number of ["sip:desk", "SIPS:desk", "tel:desk", "desk@example.com"]) {
      expect(maskDestination(number, [])).toBe("•••");
    }
    expect(maskDestination("+1 23", [])).toBe("•••23");
    for (const name of ["Reception", "Hotel: front desk", "Desk 12"]) {
      expect(maskDestination(name, [])).toBe(name);
    }
    expect(maskDestination("Ann's desk", ["Ann"])).toBe("•••'s desk");
  });

  test("text stays unchanged if the caller has no name", () => {
    expect(maskText("This is Ann.", [null, "Ann"])).toBe("This is •••.");
    expect(maskText("This is Ann.", [null])).toBe("This is Ann.");
    expect(maskText("He was here.")).toBe("He was here.");
    expect(maskAnswer("He was here.")).toBe("He was here.");
    expect(maskAnswer('{"note":["He was here."]}')).toBe('{"note":["He was here."]}');
    expect(maskRecord({ note: "He was here." })).toEqual({ note: "He was here." });
    expect(maskJson("He was here.")).toBe("He was here.");
  });

  test("the caller's name is masked wherever it occurs as a whole word, and only there", () => {
    expect(maskText("Hi Ann, Ann-Marie DOE? Annual plan.", ["Ann Doe"])).toBe(
      "Hi •••, •••-Marie •••? Annual plan.",
    );
  });

  test("the caller's name is masked regardless of letter case, in any script", () => {
    const cases = (letter: string) => [
      letter.toLowerCase(),
      letter.toUpperCase(),
      letter.toLowerCase().toUpperCase(),
    ];
    const pairs = Array.from({ length: 0x1_0000 }, (_, code) => String.fromCharCode(code))
      .filter((letter) => /\p{L}/u.test(letter))
      .flatMap((letter) => cases(letter).map((other) => [letter, other] as const))
      .filter(([letter, other]) => other !== letter && new RegExp(`^${other}$`, "iu").test(letter));
    expect(pairs.length).toBeGreaterThan(2_000);
    for (const some of toChunks(pairs, 50)) {
      const said = some.map(([letter]) => letter).join("");
      const name = some.map(([, other]) => other).join("");
      expect(maskText(said, [name])).toBe("•••");
    }
  });

  test.each([
    ["555, 010, 0103", "•••03"],
    ["555\u2010010\u20110103", "•••03"],
    ["555\u2012010\u20130103\u2014\u2015", "•••03\u2014\u2015"],
    ["\u202a+1 555 010 0103\u202c", "\u202a•••03\u202c"],
    ["٠٥٥٥٠١٠١٠٣", "•••٠٣"],
    ["०५५५ ०१० १०३", "•••०३"],
    ["＋８１（０）５５５－０１０３", "•••０３"],
    ["30 chairs, 40 tables", "30 chairs, 40 tables"],
  ])("the number %j is shown as %j, whatever its script and its separators", (text, masked) => {
    expect(maskText(text)).toBe(masked);
  });

  test.each([
    ["this is O'Brien, O\u2019Brien or O Brien", "Sean O\u2019Brien", "this is •••, ••• or O •••"],
    ["Anna Marie or Anna-Marie", "Anna\u2010Marie Doe", "••• ••• or •••"],
    ["I am Jose\u0301, Jos\u00e9, Jose and JOSE\u0301", "Jose\u0301", "I am •••, •••, ••• and •••"],
    ["मैं राहुल हूँ, राहुल", "राहुल शर्मा", "मैं ••• हूँ, •••"],
    ["मेरा नाम", "मीरा", "मेरा नाम"],
    ["أنا أَحْمَد واحمد احمد", "أحمد", "أنا ••• واحمد •••"],
    ["我是王小明，小明在家", "王小明", "我是•••，•••在家"],
    ["李明先生您好", "李 明", "•••先生您好"],
    ["田中さんと佐藤太郎さん", "田中 花子", "•••さんと佐藤太郎さん"],
    ["ﾔﾏﾀﾞさん", "ヤマダ", "•••さん"],
    ["저는 김민수입니다", "김민수", "저는 •••입니다"],
    ["저는 김민수입니다".normalize("NFD"), "김민수", "저는 •••입니다"],
    ["ผมชื่อสมชายครับ", "สมชาย", "ผมชื่อ•••ครับ"],
  ])("in %j, the caller %j is hidden: %j", (text, name, masked) => {
    expect(maskText(text, [name])).toBe(masked);
  });

  test("every word of every name is hidden, however many callers a conversation has had", () => {
    const words = Array.from(
      { length: 40 },
      (_, at) => `Name${String.fromCharCode(97 + at / 26, 97 + (at % 26))}`,
    );
    const names = toChunks(words, 2).map((pair) => pair.join(" "));
    expect(maskText(words.join(", "), names)).toBe(words.map(() => "•••").join(", "));
    const conversation = {
      uuid: makeCall().conversationUuid,
      name: words.join(" "),
      context: {},
      version: 1,
    };
    const push = maskPush({ kind: "conversation", uuid: conversation.uuid, conversation }, names);
    expect(push).toMatchObject({ conversation: { name: words.map(() => "•••").join(" ") } });
  });

  test("a name is hidden in any script, letter case and composition, with or without its accents", () => {
    const letter = fc.constantFrom(
      ..."abcxyzéñüçåøßłżœþđığαβήωбгжяїєאבגابتकखगनமலกขคงかなカナ漢字王李한글김이𐐀𝒜",
      "की",
      "ம்",
      "กี่",
      "بَ",
    );
    const name = fc.array(letter, { minLength: 2, maxLength: 12 }).map((letters) => letters.join(""));
    const spelling = fc.constantFrom<(text: string) => string>(
      (text) => text,
      (text) => text.normalize("NFD"),
      (text) => text.normalize("NFC").toUpperCase(),
      (text) => text.toLowerCase().normalize("NFD"),
      (text) => text.normalize("NFD").replace(/[\u0300-\u036f\u064b-\u065f]/g, ""),
    );
    fc.assert(
      fc.property(name, spelling, spelling, (word, known, said) => {
        expect(maskText(`so ${said(word)}, thanks`, [known(word)])).toBe("so •••, thanks");
      }),
    );
  });

  test("a phone number of 7 to 15 digits never shows more than two of them, however it is grouped", () => {
    const number = fc
      .array(
        fc.tuple(
          fc.constantFrom(..."0123456789٠٣٩۰۵०९５０"),
          fc.constantFrom(
            "",
            "",
            " ",
            "-",
            ".",
            ") ",
            "/",
            ", ",
            "\u2011",
            "\u2014",
            "\u00a0",
            "\u200b",
            "，",
          ),
        ),
        { minLength: 7, maxLength: 15 },
      )
      .map((digits) => digits.map(([digit, gap]) => `${digit}${gap}`).join(""));
    fc.assert(
      fc.property(number, (text) => {
        expect(maskText(`it is ${text}, thanks`).replace(/\P{Nd}/gu, "").length).toBeLessThanOrEqual(2);
      }),
    );
  });

  test("a masked call fits its schema and keeps the caller's initials and the last two digits", () => {
    const call = makeCall({
      customerName: "Jane Doe",
      customerNumber: "+15550100103",
      lastLine: { role: "user", text: "This is Jane, 555-010-0103.", at: atSecond(9), final: true },
    });
    const masked = maskCall(call);
    expect(callSchema.parse(masked)).toEqual(masked);
    expect(masked).toMatchObject({
      customerName: "J••• D•••",
      customerNumber: "•••03",
      phoneNumber: "•••00",
    });
    expect(masked.lastLine?.text).toBe("This is •••, •••03.");
  });

  test("a call page contains no trace of the caller's number, name or address", () => {
    const said = "I am Jane Doe, +1 555 010 0103, jane@example.com";
    const detail = makeDetail({
      call: makeCall({ customerName: "Jane Doe" }),
      conversation: {
        uuid: makeCall().conversationUuid,
        name: "Jane Doe +15550100103",
        context: { caller: { name: "Jane", note: said }, tries: 3, phone: 15550100103 },
        version: 1,
      },
      lines: mergeLines([makeSourceLine({ text: said })]),
      heard: [makeSourceLine({ text: said })],
      partials: [{ role: "user", text: said, at: atSecond(2) }],
      marks: [{ id: "m", kind: "transfer", role: null, turn: null, at: atSecond(3), detail: "+15550100103" }],
      toolCalls: [
        {
          id: "t",
          toolCallId: "call_1",
          name: "find-customer",
          arguments: { phoneNumber: "+15550100103" },
          askedAt: atSecond(4),
          answeredAt: atSecond(5),
          result: JSON.stringify({ customerName: "Jane Doe", street: "1 Main St", note: said }),
          error: null,
        },
      ],
      report: makeReport({
        summary: said,
        successEvaluation: said,
        structuredData: { who: said },
        structuredOutputs: [{ id: "1", name: "Intake", result: [said], skipped: null }],
        transfers: [{ destination: "+15550100103", mode: "blind-transfer", status: "connected" }],
      }),
    });
    const seen = JSON.stringify(maskDetail(detail));
    for (const secret of ["Jane", "Doe", "0103", "010", "jane@", "Main St"]) {
      expect(seen).not.toContain(secret);
    }
    expect(seen).toContain('"tries":3');
  });

  test("a call push is masked like the page it updates", () => {
    const call = makeCall({ customerName: "Jane Doe" });
    const line = makeSourceLine({ text: "Jane: 555 010 0103" });
    const push = maskPush({
      kind: "call",
      call,
      previousVersion: 3,
      added: { lines: [line], marks: [], toolCalls: [] },
    });
    expect(push).toEqual({
      kind: "call",
      call: maskCall(call),
      previousVersion: 3,
      added: { lines: [{ ...line, text: "•••: •••03" }], marks: [], toolCalls: [] },
    });
  });

  test("an answer with invalid JSON is masked as plain text", () => {
    expect(maskAnswer("{ not json, 555 010 0103")).toBe("{ not json, •••03");
    expect(maskAnswer('["555 010 0103"]')).toBe('["•••03"]');
  });
});
