import { afterAll, expect, test } from "vitest";
import { startRecordings } from "@/scripts/local/recordings/start-recordings";
import { createParts } from "@/scripts/local/stack/create-parts";
import { deliver } from "@/tests/support/deliveries/deliver";
import { startLiveCall } from "@/tests/support/deliveries/live-call";
import { makePastCall } from "@/tests/support/makers/past-calls";

const parts = createParts();
const { VAPI_BASE_URL, VAPI_API_KEY } = await startRecordings({}, process.env.DATABASE_URL ?? "", parts);
afterAll(() => parts.stopAll());

async function list(query: string): Promise<{ id: string; status: string }[]> {
  const headers = { authorization: `Bearer ${VAPI_API_KEY}` };
  const response = await fetch(`${VAPI_BASE_URL}/call?${query}`, { headers });
  expect(response.status).toBe(200);
  return response.json();
}

test("local Vapi: it lists calls with a report, newest first, within the requested range", async () => {
  const [older, newer] = ["2026-05-01T08:00:00.000Z", "2026-05-02T08:00:00.000Z"].map((at) =>
    makePastCall(at),
  );
  for (const made of [older, newer]) await deliver(made?.body);
  await startLiveCall().answered(5);
  const [first, second] = [newer?.call.id, older?.call.id];
  const ids = async (query: string) => (await list(query)).map(({ id }) => id);
  expect(await ids("limit=50")).toEqual([first, second]);
  expect(await ids("limit=1")).toEqual([first]);
  expect(await ids("createdAtLe=2026-05-01T09:00:00.000Z")).toEqual([second]);
  expect(await ids("createdAtGe=2026-05-01T09:00:00.000Z")).toEqual([first]);
  expect(await ids("updatedAtGe=2026-05-01T09:00:00.000Z&createdAtGe=2026-04-01T00:00:00.000Z")).toEqual([
    first,
  ]);
  expect((await list("limit=1"))[0]).toMatchObject({
    status: "ended",
    createdAt: "2026-05-02T08:00:00.000Z",
  });
});
