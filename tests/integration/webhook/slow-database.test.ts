import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { db } from "@/db/client";
import type { Delivery } from "@/db/queries/record/facts";
import { readBacklog, recordTogether } from "@/db/queries/record/record-together";
import { speechUpdate } from "@/tests/fixtures/speech-update";
import { transcriptFinal } from "@/tests/fixtures/transcript-final";
import { transcriptPartial } from "@/tests/fixtures/transcript-partial";
import { readFacts } from "@/tests/support/database/read-facts";
import { readDelivery } from "@/tests/support/deliveries/read-delivery";

type Client = typeof db.$client;

/** The real database behind a gate: statements wait until it is opened, and are counted. */
function gated(client: Client) {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  let statements = 0;
  const unsafe = async (...args: Parameters<Client["unsafe"]>) => {
    statements += 1;
    await opened;
    return client.unsafe(...args);
  };
  const asked = new Proxy(client, {
    get: (target, name) => (name === "unsafe" ? unsafe : Reflect.get(target, name)),
  });
  return { client: asked, open, statements: () => statements };
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Twelve seconds of a call; half of its events are partials. */
function speak(callId: string): Delivery[] {
  return Array.from({ length: 60 }, (_, index) => {
    const about = { callId, atMs: 200 * (index + 1) };
    if (index % 2 === 0) return transcriptPartial("user", `Could I ${index}`, about);
    return index % 4 === 1
      ? transcriptFinal("user", `Could I move it, ${index}?`, about)
      : speechUpdate("user", "started", about);
  }).map((body) => readDelivery(body));
}

it("webhook: one call's sixty waiting events are recorded in two statements, in order and without duplicates", async () => {
  const callId = randomUUID();
  const { client, open, statements } = gated(db.$client);
  const [first, ...rest] = speak(callId);
  if (!first) throw new Error("There is nothing to record.");
  const begun = recordTogether(client, first);
  await turn();
  const waiting = rest.map((delivery) => recordTogether(client, delivery));
  await turn();
  expect(statements()).toBe(1);
  open();
  const recorded = await Promise.all([begun, ...waiting]);
  expect(statements()).toBe(2);
  const logged = recorded.filter((_, index) => index % 2 === 1);
  expect(logged.map(({ call }) => call?.version)).toEqual(logged.map((_, index) => index + 1));
  const { call, events, marks } = await readFacts(callId);
  expect(call).toMatchObject([{ version: 30 }]);
  expect(events).toHaveLength(30);
  expect(marks).toHaveLength(15);
});

it("webhook: the waiting events of sixty calls are recorded in at most three statements", {
  timeout: 120_000,
}, async () => {
  const { client, open, statements } = gated(db.$client);
  const calls = Array.from({ length: 60 }, () => speak(randomUUID()).slice(0, 5));
  const begun = calls.map(([first]) => first && recordTogether(client, first));
  await turn();
  const waiting = calls.flatMap(([_, ...rest]) => rest.map((delivery) => recordTogether(client, delivery)));
  open();
  await Promise.all([...begun, ...waiting]);
  // Events that arrived before the first statement was sent, then those that arrived since.
  expect(statements()).toBeLessThanOrEqual(3);
});

it("webhook: a growing backlog first drops and counts partials, then refuses new events at once", async () => {
  const { client, open } = gated(db.$client);
  const callId = randomUUID();
  const before = readBacklog();
  const large = (): Delivery => {
    const delivery = readDelivery(transcriptFinal("user", "Hello?", { callId }));
    const event = { ...delivery.event, key: randomUUID(), message: { text: "x".repeat(1_000_000) } };
    return { ...delivery, event };
  };
  const partial = readDelivery(transcriptPartial("user", "Could I", { callId }));
  const kept = Array.from({ length: 20 }, () => recordTogether(client, large()));

  expect(await recordTogether(client, partial)).toMatchObject({ isFresh: false, call: null });
  expect(readBacklog()).toMatchObject({ droppedPartials: before.droppedPartials + 1 });
  const more = Array.from({ length: 13 }, () => recordTogether(client, large()));
  await expect(recordTogether(client, large())).rejects.toThrow(
    "too many events are waiting for the database",
  );
  expect(readBacklog()).toMatchObject({ refusedEvents: before.refusedEvents + 1, events: 33 });

  open();
  await Promise.all([...kept, ...more]);
  expect(readBacklog()).toMatchObject({ events: 0, bytes: 0 });
  expect((await readFacts(callId)).call).toMatchObject([{ version: 33 }]);
});
