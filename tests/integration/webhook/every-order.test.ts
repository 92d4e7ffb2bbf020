import fc from "fast-check";
import { expect, it } from "vitest";
import { db } from "@/db/client";
import { recordEvents } from "@/db/queries/record/record-events";
import { buildCall } from "@/tests/fixtures/build-call";
import { deliver } from "@/tests/support/deliveries/deliver";
import { permute } from "@/tests/support/deliveries/permute";
import { readDelivery } from "@/tests/support/deliveries/read-delivery";
import {
  readComparableFacts,
  readComparableFactsOf,
  underNewId,
} from "@/tests/support/deliveries/under-new-id";

it("webhook: the rows are the same for every order of a small call's deliveries", {
  timeout: 240_000,
}, async () => {
  const { bodies, callId } = buildCall("tiny");
  const straight = underNewId(bodies, callId);
  for (const body of straight.bodies) await deliver(body);
  const expected = await readComparableFacts(straight.id);
  expect(expected.call).toHaveLength(1);

  const orders = [...permute(bodies)].map((order) => {
    const call = underNewId(order, callId);
    return { id: call.id, deliveries: call.bodies.map((body) => readDelivery(body)) };
  });
  expect(orders).toHaveLength(720);
  for (let first = 0; first < orders.length; first += 24) {
    const some = orders.slice(first, first + 24);
    // As in production with concurrent calls: one statement records an event of each call.
    for (const place of bodies.keys()) {
      const events = some.flatMap(({ deliveries }) => deliveries.slice(place, place + 1));
      await recordEvents(db.$client, events);
    }
    const found = await readComparableFactsOf(some.map(({ id }) => id));
    for (const facts of found) expect(facts).toEqual(expected);
  }
});

it("webhook: the rows are the same for every order of a small call's deliveries, repeated within one statement", {
  timeout: 240_000,
}, async () => {
  const { bodies, callId } = buildCall("tiny");
  const straight = underNewId(bodies, callId);
  for (const body of straight.bodies) await deliver(body);
  const expected = await readComparableFacts(straight.id);

  const orders = [...permute(bodies)].map((order, index) => {
    const call = underNewId([...order, order[index % order.length], order[0]], callId);
    return { ...call, deliveries: call.bodies.map((body) => readDelivery(body)) };
  });
  for (let first = 0; first < orders.length; first += 24) {
    const some = orders.slice(first, first + 24);
    await recordEvents(
      db.$client,
      some.flatMap(({ deliveries }) => deliveries),
    );
    const found = await readComparableFactsOf(some.map(({ id }) => id));
    for (const facts of found) expect(facts).toEqual(expected);
  }
});

it("webhook: the rows are the same for a long call's events, shuffled, repeated and randomly split into statements", {
  timeout: 240_000,
}, async () => {
  const { bodies, callId } = buildCall("long");
  const events = bodies.filter(({ message }) => message.type !== "tool-calls");
  const straight = underNewId(events, callId);
  for (const body of straight.bodies) await deliver(body);
  const expected = await readComparableFacts(straight.id);

  const orders = fc
    .array(fc.constantFrom(...events), { maxLength: 30 })
    .chain((again) =>
      fc.shuffledSubarray([...events, ...again], { minLength: events.length + again.length }),
    );
  const cuts = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(orders, cuts, async (order, lengths) => {
      const call = underNewId(order, callId);
      const deliveries = call.bodies.map((body) => readDelivery(body));
      for (let first = 0, turn = 0; first < deliveries.length; turn += 1) {
        const length = lengths[turn % lengths.length] ?? 1;
        await recordEvents(db.$client, deliveries.slice(first, first + length));
        first += length;
      }
      expect(await readComparableFacts(call.id)).toEqual(expected);
    }),
    { numRuns: 15 },
  );
});
