import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { POST as changeTags } from "@/app/api/reports/tags/route";
import { db } from "@/db/client";
import { getReview } from "@/db/queries/reports/review";
import { endOfCallReport } from "@/tests/fixtures/end-of-call-report";
import { deliver } from "@/tests/support/deliveries/deliver";
import { signedIn, type TestPerson } from "@/tests/support/people/people";
import { send } from "@/tests/support/people/send";

let operator: TestPerson;

beforeAll(async () => {
  operator = await signedIn("operator");
});

async function hadCall(): Promise<string> {
  const callId = randomUUID();
  await deliver(endOfCallReport({ callId }));
  return callId;
}

const tagged = (count: number, name = "tag") => Array.from({ length: count }, (_, n) => `${name} ${n}`);

const change = (body: { ids: string[]; add?: string[]; remove?: string[] }) =>
  changeTags(send("/api/reports/tags", { method: "POST", cookie: operator.cookie, json: body }));

const tagsOf = async (callId: string) => (await getReview(db, callId))?.review.tags;

test("tags: a call that would have too many leaves all calls as they were, and the answer says so", async () => {
  const [full, empty] = [await hadCall(), await hadCall()];
  expect((await change({ ids: [full], add: tagged(20) })).status).toBe(200);
  const answer = await change({ ids: [full, empty], add: ["urgent"] });
  expect(answer.status).toBe(409);
  expect(await answer.json()).toMatchObject({ detail: "A call can have at most 20 tags. Remove one first." });
  expect(await tagsOf(full)).toHaveLength(20);
  expect(await tagsOf(empty)).toEqual([]);
  expect((await change({ ids: [full], add: ["urgent"], remove: ["tag 0"] })).status).toBe(200);
  expect(await tagsOf(full)).toContain("urgent");
});

test("tags: people who add tags at the same time do not lose each other's", async () => {
  const callId = await hadCall();
  await Promise.all(tagged(10).map((tag) => change({ ids: [callId], add: [tag] })));
  expect(await tagsOf(callId)).toEqual(tagged(10));
});

test("tags: people who add tags at the same time do not exceed the limit together", async () => {
  const callId = await hadCall();
  const answers = await Promise.all(
    ["a", "b", "c"].map((name) => change({ ids: [callId], add: tagged(9, name) })),
  );
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 200, 409]);
  expect(await tagsOf(callId)).toHaveLength(18);
});
