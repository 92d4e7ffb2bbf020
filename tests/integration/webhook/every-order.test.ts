import fc from "fast-check";
import { expect, it } from "vitest";
import { db } from "@/db/client";
import { recordEvents } from "@/db/queries/record/record-events";
import { buildCall } from "@/tests/fixtures/build-call";
import { deliver } from "@/tests/support/deliveries/deliver";
import { inWaves } from "@/tests/support/deliveries/in-waves";
import { permute } from "@/tests/support/deliveries/permute";
import { readDelivery } from "@/tests/support/deliveries/read-delivery";
import { readComparableFacts, underNewId } from "@/tests/support/deliveries/under-new-id";

it("the rows are the same for every order of a small call's deliveries", { timeout: 240_000 }, async () => {
  const { bodies, callId } = buildCall("tiny");
  const straight = underNewId(bodies, callId);
  for (const body of straight.bodies) await deliver(body);
  const expected = await readComparableFacts(straight.id);
  expect(expected.call).toHaveLength(1);

  const orders = [...permute(bodies)].map((order) => underNewId(order, callId));
  expect(orders).toHaveLength(720);
  await inWaves(orders, 24, async (call) => {
    for (const body of call.bodies) await deliver(body);
    expect(await readComparableFacts(call.id)).toEqual(expected);
  });
});

it("the rows are the same for every order of a small call's deliveries in one statement, with repetitions", {
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
    for (const { id } of some) expect(await readComparableFacts(id)).toEqual(expected);
  }
});

it("the rows are the same however a long call's deliveries are shared out to statements, in any order and with repetitions", {
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
