import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { getCallDetail } from "@/db/queries/calls/read";
import { saveDocument } from "@/db/queries/knowledge";
import { knowledgeDocuments } from "@/db/schema/knowledge";
import type { DocumentText } from "@/lib/knowledge/knowledge";
import { searchKnowledge } from "@/lib/knowledge/server/knowledge";
import { buildBody } from "@/tests/fixtures/build-body";
import { deliver } from "@/tests/support/deliveries/deliver";

const write = (title: string, content: string, language: DocumentText["language"] = "english") =>
  saveDocument(db, randomUUID(), { title, content, language }, "test");
const headings = async (question: string) =>
  (await searchKnowledge(db, question)).map(({ heading }) => heading);

beforeEach(async () => {
  await db.delete(knowledgeDocuments);
});

describe("a question finds", () => {
  it("the passage that most of its words stand in, in whatever form, first", async () => {
    await write(
      "Hours",
      "# Weekdays\nWe are open from eight to six.\n# Saturdays\nOn Saturdays the clinic opens at nine and closes at one.",
    );
    await write("Prices", "A crown costs 900 dollars.");
    expect((await headings("Is the clinic open on a Saturday?"))[0]).toBe("Hours › Saturdays");
    expect(await headings("How much are crowns?")).toEqual(["Prices"]);
  });

  it("nothing where none of its words stand anywhere, and none of the small words", async () => {
    await write("Prices", "A crown costs 900 dollars, and that is all there is to it.");
    expect(await headings("Do you have a parking lot?")).toEqual([]);
    expect(await headings("is it to be or not")).toEqual([]);
    expect(await headings("")).toEqual([]);
  });

  it("documents of other languages by their own grammar", async () => {
    await write("Öffnungszeiten", "Samstags ist die Praxis geöffnet von neun bis eins.", "german");
    await write("Prices", "A crown costs 900 dollars.");
    expect(await headings("Hat die Praxis an einem Samstag geöffnet?")).toEqual(["Öffnungszeiten"]);
  });

  it("what it is asked for with characters that mean something to the database", async () => {
    await write("Paths", "It's in C:\\temp or /usr/lib & more | 'quoted' \\ (none) :* <->");
    expect(await headings("it's 'quoted' \\ & | ! (a) :* <-> /usr/lib C:\\temp")).toEqual(["Paths"]);
  });

  it("among ten thousand passages within the time a caller waits", async () => {
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
    const startedAt = performance.now();
    const [first] = await searchKnowledge(
      db,
      "Which patients with appointments go to room 4711 of the clinic?",
    );
    expect(performance.now() - startedAt).toBeLessThan(1_500);
    expect(first?.content).toContain("room 4711");
  });
});

it("an assistant is given what is found, and the call's page says from where", async () => {
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

it("an assistant that nothing was found for is told so", async () => {
  const { body } = await deliver(buildBody("knowledge-base-request", { messagesOpenAIFormatted: [] }));
  expect(body).toEqual({ documents: [] });
});
