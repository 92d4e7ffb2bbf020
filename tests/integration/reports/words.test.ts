import { randomUUID } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { sql } from "drizzle-orm";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { db } from "@/db/client";
import { listReports } from "@/db/queries/reports/list";
import { snippetMarks } from "@/lib/reports/columns";
import { cutWords } from "@/lib/reports/cut-words";
import { reportQuerySchema } from "@/lib/reports/filter";
import { catchUpDocuments } from "@/lib/reports/server/documents";
import { deliver } from "@/tests/support/deliveries/deliver";
import { anyText } from "@/tests/support/makers/any-text";

/** An ended call with these lines. */
async function ended(...said: string[]): Promise<string> {
  const callId = randomUUID();
  const at = Date.parse("2026-11-27T21:59:00Z");
  await deliver({
    message: {
      type: "end-of-call-report",
      timestamp: at + 60_000,
      endedReason: "customer-ended-call",
      startedAt: new Date(at).toISOString(),
      endedAt: new Date(at + 59_000).toISOString(),
      artifact: {
        messages: said.map((message, n) => ({ role: n % 2 ? "user" : "bot", message, time: at + n * 1_000 })),
      },
      call: {
        id: callId,
        type: "inboundPhoneCall",
        customer: { number: "+15550100142", name: "Will Rogers" },
      },
    },
  });
  return callId;
}

const search = async (q: string, ids: string[], isMasked = false) =>
  (await listReports(db, reportQuerySchema.parse({ q, ids: ids.join(",") }), { isMasked })).reports;
const finds = async (q: string, callId: string, isMasked = false) =>
  (await search(q, [callId], isMasked)).length > 0;

describe("reports: the archive finds a call by the text typed", () => {
  let callId: string;
  beforeAll(async () => {
    callId = await ended(
      "¿Cuánto cuesta la limpieza? 今日は東京都でタワーを見ます。 สวัสดีครับ",
      "Pour réserver « Beaujolais » s’il vous plaît…bonsoir",
      "She said “Wimbledon” — Chelsea—Arsenal… will you?",
      "email me at zoe.quux@example-mail.com or +1-555-010-0199, at home 030 1234567",
      "part no. AB-1234/X, 3.14, $1,299.00, see https://foo.example.com/path?x=1",
    );
  });

  test.each([
    "cuánto",
    "¿Cuánto",
    "CUÁNTO",
    "beaujolais",
    "bonsoir",
    "wimbledon",
    "“Wimbledon”",
    "chelsea",
    "arsenal",
    "zoe.quux@example-mail.com",
    "example-mail.com",
    "foo.example.com",
    "AB-1234/X",
    "AB-1234",
    "AB-12*",
    "3.14",
    "$1,299.00",
    "1,299",
    "+1-555-010-0199",
    "+1 (555) 010-0199",
    "(555) 010-0199",
    "5550100199",
    "+15550100199",
    "555.010.0199",
    "010-0199",
    "001 555 010 0199",
    "+49 30 1234567",
    "0301234567",
    "京都",
    "東京",
    "都",
    "タワー",
    "สวัสดี",
    "ครับ",
    "will",
    '"will you"',
    "Rogers",
    "rog*",
    "15550100142",
    "(555) 010-0142",
  ])("%s", async (q) => {
    expect(await finds(q, callId)).toBe(true);
  });

  test.each(["wimble", "1.299.5", "京東", "555-010-0198", "-chelsea", '"arsenal chelsea"'])(
    "but not by %s",
    async (q) => {
      expect(await finds(q, callId)).toBe(false);
    },
  );

  test.each(["Rogers", "(555) 010-0142", "555-010-0199"])(
    "but not for a viewer by hidden data: %s",
    async (q) => {
      expect(await finds(q, callId, true)).toBe(false);
      expect(await finds("chelsea", callId, true)).toBe(true);
    },
  );

  test("and marks the found words within the original text", async () => {
    const [found] = await search("arsenal 東京", [callId]);
    expect(found?.snippet).toContain(`Chelsea—${snippetMarks.start}Arsenal${snippetMarks.stop}`);
    expect(found?.snippet).toContain(`${snippetMarks.start}東京${snippetMarks.stop}都`);
  });
});

test("reports: the archive finds a call by any word of its transcript", { timeout: 120_000 }, async () => {
  const text = fc.array(
    fc.oneof(
      fc.string({ unit: "grapheme", minLength: 1, maxLength: 30 }),
      anyText({ minLength: 1, maxLength: 20 }),
      fc.constantFrom(
        "The",
        "organisation's",
        "будет",
        "مساعدتك؟",
        "l’hôtel",
        "Straße",
        "กรุงเทพ",
        "1e5",
        "x_y",
        "ﬁn",
        "½",
      ),
    ),
    { minLength: 1, maxLength: 12 },
  );
  await fc.assert(
    fc.asyncProperty(text, async (pieces) => {
      const said = pieces.join(" ").replaceAll("\0", "");
      const words = cutWords(said);
      if (words.length === 0) return;
      const callId = await ended(said);
      for (const { start, end } of words.slice(0, 12)) {
        const typed = said.slice(start, end);
        // Quotation marks, stars and minus are search operators; no word contains one.
        expect([typed, await finds(typed, callId)]).toEqual([typed, true]);
      }
    }),
    { numRuns: 25 },
  );
});

test("reports: words split by an older rule are split again by the tick and found by the current rule", async () => {
  const callId = await ended("¿Cuánto cuesta?");
  await db.execute(sql`
    update call_documents set word_rule = 0, words = to_tsvector('simple', '¿Cuánto cuesta?') where call_id = ${callId}
  `);
  expect(await finds("cuánto", callId)).toBe(false);
  expect(await catchUpDocuments(db)).toBe(1);
  expect(await finds("cuánto", callId)).toBe(true);
  expect(await catchUpDocuments(db)).toBe(0);
});

const sharedCase = new URL("../../../../shared/cases/archive-words.json", import.meta.url);

test.runIf(existsSync(sharedCase))(
  "reports: the archive finds a reported case by each of its words",
  async () => {
    const deliverySchema = z.array(
      z.object({ message: z.looseObject({ call: z.looseObject({ id: z.string() }) }) }),
    );
    const bodies = deliverySchema.parse(JSON.parse(readFileSync(sharedCase, "utf8")));
    const callId = randomUUID();
    for (const { message } of bodies)
      await deliver({ message: { ...message, call: { ...message.call, id: callId } } });
    for (const q of [
      "cuánto",
      "beaujolais",
      "bonsoir",
      "wimbledon",
      "chelsea",
      "arsenal",
      "zoe.quux@example-mail.com",
      "example-mail.com",
      "AB-1234/X",
      "$1,299.00",
      "+1-555-010-0199",
    ]) {
      expect([q, await finds(q, callId)]).toEqual([q, true]);
    }
  },
);
