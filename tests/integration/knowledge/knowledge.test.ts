import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { POST as create } from "@/app/api/knowledge/route";
import { db } from "@/db/client";
import { getCallDetail } from "@/db/queries/calls/read";
import { getDocument, listDocuments, saveDocument } from "@/db/queries/knowledge";
import { knowledgeDocuments } from "@/db/schema/knowledge";
import type { DocumentText } from "@/lib/knowledge/knowledge";
import { catchUpKnowledge, searchKnowledge } from "@/lib/knowledge/server/knowledge";
import { buildBody } from "@/tests/fixtures/build-body";
import { deliver } from "@/tests/support/deliveries/deliver";
import { signedIn } from "@/tests/support/people/people";
import { send } from "@/tests/support/people/send";

const write = (title: string, content: string, language: DocumentText["language"] = "english") =>
  saveDocument(db, randomUUID(), { title, content, language }, "test");
const headings = async (question: string) =>
  (await searchKnowledge(db, question)).map(({ heading }) => heading);

beforeEach(async () => {
  await db.delete(knowledgeDocuments);
});

describe("knowledge: a question", () => {
  it("finds the passage with most of its words first, in any word form", async () => {
    await write(
      "Hours",
      "# Weekdays\nWe are open from eight to six.\n# Saturdays\nOn Saturdays the clinic opens at nine and closes at one.",
    );
    await write("Prices", "A crown costs 900 dollars.");
    expect((await headings("Is the clinic open on a Saturday?"))[0]).toBe("Hours › Saturdays");
    expect(await headings("How much are crowns?")).toEqual(["Prices"]);
  });

  it("finds nothing if none of its words matches or all are stop words", async () => {
    await write("Prices", "A crown costs 900 dollars, and that is all there is to it.");
    expect(await headings("Do you have a parking lot?")).toEqual([]);
    expect(await headings("is it to be or not")).toEqual([]);
    expect(await headings("")).toEqual([]);
  });

  it("finds a document in another language by that language's grammar", async () => {
    await write("Öffnungszeiten", "Samstags ist die Praxis geöffnet von neun bis eins.", "german");
    await write("Prices", "A crown costs 900 dollars.");
    expect(await headings("Hat die Praxis an einem Samstag geöffnet?")).toEqual(["Öffnungszeiten"]);
  });

  describe("finds a passage by the text typed", () => {
    beforeEach(async () => {
      await write(
        "Contact",
        "Write to zoe.quux@example-mail.com or call +1-555-010-0199. ¿Cuánto cuesta? Ask for AB-1234/X, $1,299.00 — “Wimbledon”…or 東京タワー, สวัสดีครับ.",
      );
      await write("Prices", "A crown costs 900 dollars.");
    });

    it.each([
      "cuánto",
      "¿Cuánto?",
      "wimbledon",
      "zoe.quux@example-mail.com",
      "quux",
      "example-mail.com",
      "AB-1234",
      "1,299",
      "Is it (555) 010-0199?",
      "Is it 5550100199?",
      "Is it +15550100199?",
      "東京",
      "京タワー",
      "京",
      "สวัสดี",
    ])("%s", async (question) => {
      expect(await headings(question)).toEqual(["Contact"]);
    });

    it.each(["東西", "cuantos"])("but not by %s", async (question) => {
      expect(await headings(question)).not.toContain("Contact");
    });
  });

  it("finds a passage despite characters with a meaning in database queries", async () => {
    await write("Paths", "It's in C:\\temp or /usr/lib & more | 'quoted' \\ (none) :* <->");
    expect(await headings("it's 'quoted' \\ & | ! (a) :* <-> /usr/lib C:\\temp")).toEqual(["Paths"]);
  });

  it("ranks the one passage with all its words first among ten thousand", async () => {
    const pages = Array.from({ length: 200 }, (_, page) =>
      write(
        `Page ${page}`,
        Array.from(
          { length: 50 },
          (__, part) =>
            `# Part ${part}\nThe clinic has a room ${page * 50 + part} for patients with appointments on weekdays.`,
        ).join("\n"),
      ),
    );
    await Promise.all(pages);
    const [first] = await searchKnowledge(
      db,
      "Which patients with appointments go to room 4711 of the clinic?",
    );
    expect(first?.content).toContain("room 4711");
  });
});

it("knowledge: a document split by an older rule is split again by the tick and stays otherwise unchanged", async () => {
  await write("Prices", "¿Cuánto cuesta?", "spanish");
  await db.execute(sql`update knowledge_passages set search = to_tsvector('simple', '¿Cuánto:cuesta')`);
  await db.update(knowledgeDocuments).set({ wordRule: 0 });
  const [before] = await listDocuments(db);
  expect(await headings("cuestan")).toEqual([]);
  expect(await catchUpKnowledge(db)).toBe(1);
  expect(await headings("cuestan")).toEqual(["Prices"]);
  expect(await listDocuments(db)).toEqual([before]);
  expect(await catchUpKnowledge(db)).toBe(0);
});

it("knowledge: an assistant gets the passages that match, and the call's page names their source", async () => {
  await write("Hours", "# Saturdays\nOn Saturdays the clinic opens at nine.");
  const callId = randomUUID();
  const messages = [
    { role: "system", message: "You are Nora." },
    { role: "user", message: "Are you open" },
    { role: "user", message: "on Saturday?" },
  ];
  const { status, body } = await deliver(
    buildBody("knowledge-base-request", { messages, messagesOpenAIFormatted: [] }, { callId }),
  );
  expect(status).toBe(200);
  expect(body).toEqual({
    documents: [
      {
        content: "Hours › Saturdays\n\nOn Saturdays the clinic opens at nine.",
        similarity: expect.closeTo(0.9, 0),
        uuid: expect.any(String),
      },
    ],
  });
  expect((await getCallDetail(db, callId))?.marks).toMatchObject([
    { kind: "knowledge", detail: "Hours › Saturdays" },
  ]);
});

it("knowledge: a document of 200,000 characters is accepted in any script and escaped; a longer body gets 413", async () => {
  const { cookie } = await signedIn("admin");
  const content = "東京".repeat(100_000);
  const post = (body: string) =>
    create(new Request(send("/api/knowledge", { method: "POST", cookie, json: {} }), { body }));
  const json = JSON.stringify({ title: "Maps", content, language: "simple" });
  const response = await post(json);
  expect(response.status).toBe(201);
  expect(await listDocuments(db)).toMatchObject([{ title: "Maps", characters: 200_000 }]);
  const { id } = await response.json();
  const escaped = json.replaceAll("東", "\\u6771").replaceAll("京", "\\u4eac");
  expect((await post(escaped)).status).toBe(201);
  expect((await getDocument(db, id))?.content).toBe(content);
  expect((await post(json.padEnd(1_280 * 1024 + 1))).status).toBe(413);
});

it("knowledge: a request without a question is answered with an empty list", async () => {
  const { body } = await deliver(buildBody("knowledge-base-request", { messagesOpenAIFormatted: [] }));
  expect(body).toEqual({ documents: [] });
});
