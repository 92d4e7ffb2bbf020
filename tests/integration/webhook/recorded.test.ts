import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { db } from "@/db/client";
import { getCallDetail } from "@/db/queries/calls/read";
import { toMonitorFact } from "@/lib/control/server/monitor";
import { toDelivery } from "@/lib/webhook/server/delivery";
import { type Envelope, readEnvelope } from "@/lib/webhook/server/envelope";
import { findEvent, isBriefType } from "@/lib/webhook/server/registry";
import type { Body } from "@/tests/fixtures/body";
import { buildCall } from "@/tests/fixtures/build-call";
import { samples } from "@/tests/fixtures/samples/samples";
import { deliver } from "@/tests/support/deliveries/deliver";
import { inWaves } from "@/tests/support/deliveries/in-waves";
import { readComparableFacts, underNewId } from "@/tests/support/deliveries/under-new-id";

const reportSchema = z.object({
  call: z.object({ id: z.string() }),
  durationSeconds: z.number(),
  transcript: z.string(),
});

const folder = join(process.cwd(), "../shared/vapi/recorded");
const isAtHand = existsSync(folder);

interface Named<T> {
  name: string;
  body: T;
}

const readBodies = (path: string): Named<Body>[] =>
  readdirSync(path)
    .filter((name) => name.endsWith(".json") && name !== "index.json")
    .sort()
    .map((name) => ({ name, body: JSON.parse(readFileSync(join(path, name), "utf8")) }));

const recorded = isAtHand ? readBodies(folder) : [];
const recordedCalls = isAtHand
  ? readdirSync(join(folder, "sequences"))
      .filter((name) => name.startsWith("inbound"))
      .map((name) => ({ name, bodies: readBodies(join(folder, "sequences", name)).map(({ body }) => body) }))
  : [];
/** Our own calls always run; recordings are not part of the repository. */
const ownCalls = (["short", "long"] as const).map((length) => {
  const { bodies, callId } = buildCall(length);
  return { name: `a ${length} call of our own`, bodies: underNewId(bodies, callId).bodies };
});

describe(`webhook: whole calls, ${isAtHand ? "recorded and" : "recordings not being at hand only"} our own`, () => {
  it.each([...samples.filter(({ body }) => body.message), ...recorded])(
    "$name is accepted",
    async ({ body }) => {
      expect((await deliver(body)).status).toBe(200);
    },
  );

  it.each([...ownCalls, ...recordedCalls])(
    "$name ends with the report's transcript and duration",
    async ({ bodies }) => {
      for (const body of bodies) await deliver(body);
      const message = reportSchema.parse(bodies.at(-1)?.message);
      const detail = await getCallDetail(db, message.call.id);
      expect(detail?.call.status).toBe("ended");
      expect(detail?.call.durationSeconds).toBeCloseTo(message.durationSeconds, 3);
      const said = detail?.lines
        .map(({ role, text }) => `${role === "user" ? "User" : "AI"}: ${text}`)
        .join("\n");
      expect(said).toBe(message.transcript.trim());
    },
  );

  it.each([...ownCalls, ...recordedCalls])(
    "$name, delivered twice and shuffled, produces the same rows",
    async ({ bodies }) => {
      const { id: callId } = reportSchema.parse(bodies.at(-1)?.message).call;
      const [straight, shuffled] = [underNewId(bodies, callId), underNewId(bodies, callId)];
      for (const body of straight.bodies) await deliver(body);
      const twice = fc.shuffledSubarray([...shuffled.bodies, ...shuffled.bodies], {
        minLength: bodies.length * 2,
      });
      for (const order of fc.sample(twice, 1)) await inWaves(order, 60, (body) => deliver(body));
      expect(await readComparableFacts(shuffled.id)).toEqual(await readComparableFacts(straight.id));
    },
  );
});

/** What would be recorded of a body that is read in part or whole. */
function readBody(body: unknown, isBrief: (type: string) => boolean) {
  const envelope = readEnvelope({
    body: Buffer.from(JSON.stringify(body)),
    conversationUuid: null,
    headers: new Headers(),
    receivedAt: new Date(),
    isBrief,
  });
  if (!envelope) return null;
  const found = findEvent(envelope.type)?.read(envelope.message);
  const event = found && "event" in found ? found.event : null;
  const issues = found && "issues" in found ? found.issues : null;
  return { envelope, delivery: { ...toDelivery(envelope, event, issues, null, []), monitor: null } };
}

/** A call's URLs are stated once a minute, under a new seal each time. */
function readMonitor(envelope: Envelope | undefined): string | undefined {
  vi.setSystemTime(Date.now() + 61_000);
  return envelope && toMonitorFact(envelope)?.digest;
}

describe("webhook: a message of which only a part is parsed", () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"] }));
  afterEach(() => void vi.useRealTimers());

  it.each([
    ...samples,
    ...recorded,
    ...[...ownCalls, ...recordedCalls].flatMap(({ name, bodies }) =>
      bodies.map((body, index) => ({ name: `${name}, ${index}`, body })),
    ),
  ])("states the same facts as if all of it were: $name", ({ body }) => {
    const [part, whole] = [readBody(body, isBriefType), readBody(body, () => false)];
    // What is kept only if the facts are refused is read from all of it.
    expect({ ...part?.delivery, whole: null }).toEqual({ ...whole?.delivery, whole: null });
    expect(readMonitor(part?.envelope)).toBe(readMonitor(whole?.envelope));
  });
});
