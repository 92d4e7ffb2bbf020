import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { GET } from "@/app/api/analytics/route";
import { analyticsSchema } from "@/lib/analytics/analytics";
import { noMeasures } from "@/lib/analytics/figures";
import { saveFigures } from "@/tests/support/makers/save-figures";
import { signedIn, type TestPerson } from "@/tests/support/people/people";
import { send } from "@/tests/support/people/send";

const number = "+15550100903";
let viewer: TestPerson;
let operator: TestPerson;

beforeAll(async () => {
  viewer = await signedIn("viewer");
  operator = await signedIn("operator");
});

beforeEach(async () => {
  const about = {
    callVersion: 1,
    assistant: randomUUID(),
    assistantName: "Booking",
    version: "",
    number,
    reason: "voicemail",
  };
  await saveFigures([
    {
      ...about,
      at: new Date("2026-03-29T00:30:00Z"),
      ...noMeasures,
      calls: 1,
      replies: [],
      stageMs: [],
      stageReplies: [],
    },
  ]);
});

const ask = (query: string, { cookie }: TestPerson) => GET(send(`/api/analytics?${query}`, { cookie }));
const days = "from=2026-03-29&to=2026-03-29";

describe("GET /api/analytics", () => {
  test("returns the days of the requested time zone", async () => {
    for (const [zone, calls] of [
      ["Europe/Berlin", 1],
      ["America/New_York", 0],
    ] as const) {
      const response = await ask(`${days}&zone=${zone}`, operator);
      const answer = analyticsSchema.parse(await response.json());
      expect(answer.total.figures.calls).toBe(calls);
      expect(answer.steps).toHaveLength(zone === "Europe/Berlin" ? 23 : 24);
    }
  });

  test("gives a viewer no phone number and rejects a viewer's filter by number", async () => {
    const text = await (await ask(days, viewer)).text();
    expect(text).not.toContain("5550100");
    expect(JSON.parse(text).numbers).toMatchObject([{ key: "•••03", figures: { calls: 1 } }]);
    expect((await ask(`${days}&number=${encodeURIComponent(number)}`, viewer)).status).toBe(403);
    const known = await ask(`${days}&number=${encodeURIComponent(number)}`, operator);
    expect(await known.json()).toMatchObject({ numbers: [{ key: number }] });
  });

  test.each([
    ["", "from"],
    ["from=2026-03-29&to=2026-03-28", "to"],
    ["from=2025-01-01&to=2026-03-28", "from"],
    [`${days}&zone=Mars/Olympus`, "zone"],
    ["from=yesterday&to=2026-03-28", "from"],
  ])("rejects the query %j and names the invalid part", async (query, what) => {
    const response = await ask(query, operator);
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({
      title: "Invalid filter",
      detail: expect.stringContaining(what),
    });
  });

  test("answers 401 without a session or key", async () => {
    expect((await GET(send(`/api/analytics?${days}`))).status).toBe(401);
  });
});
