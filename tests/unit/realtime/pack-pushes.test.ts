import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Push, pushesSchema } from "@/lib/realtime/push";
import { packPushes } from "@/lib/realtime/server/pack";
import { anyText } from "@/tests/support/makers/any-text";

const partial = (callId: string, text: string): Push => ({
  kind: "partial",
  callId,
  partial: { role: "user", text, at: "2026-03-02T09:00:00.000Z" },
});

const read = (data: string) => pushesSchema.parse(JSON.parse(data));

const addressed = fc.record({
  channel: fc.constantFrom("private-board", "private-call-1", "private-call-2"),
  push: fc.tuple(fc.uuid(), anyText({ maxLength: 4_000 })).map(([callId, text]) => partial(callId, text)),
});

describe("pushes packed into events", () => {
  it("are complete and in order per channel, and no event exceeds Pusher's limit", () => {
    fc.assert(
      fc.property(fc.array(addressed, { maxLength: 40, size: "max" }), (pushes) => {
        const events = packPushes(pushes);
        for (const { data } of events) expect(Buffer.byteLength(data)).toBeLessThanOrEqual(10_000);
        for (const { channel } of pushes) {
          const said = events.filter((event) => event.channel === channel).flatMap(({ data }) => read(data));
          expect(said.map((push) => "callId" in push && push.callId)).toEqual(
            pushes.flatMap(({ channel: to, push }) =>
              to === channel && "callId" in push ? [push.callId] : [],
            ),
          );
        }
      }),
    );
  });

  it("of one channel share an event as long as they fit", () => {
    const pushes = Array.from({ length: 60 }, (_, n) => ({
      channel: "private-board",
      push: partial(String(n), "x"),
    }));
    const bytes = JSON.stringify(pushes.map(({ push }) => push)).length;
    expect(packPushes(pushes)).toHaveLength(Math.ceil(bytes / 10_000));
  });

  it("fit at exactly the size limit, and become a stale message one byte above it", () => {
    const empty = JSON.stringify([partial("1", "")]).length;
    const whole = partial("1", "x".repeat(10_000 - empty));
    expect(packPushes([{ channel: "c", push: whole }]).map(({ data }) => read(data))).toEqual([[whole]]);
    const tooLong = partial("1", "x".repeat(10_001 - empty));
    expect(packPushes([{ channel: "c", push: tooLong }]).map(({ data }) => read(data))).toEqual([
      [{ kind: "stale", callId: "1" }],
    ]);
  });

  it("that are too large become a message to refetch", () => {
    const context = { notes: "é".repeat(6_000) };
    const conversation = { uuid: "1", name: null, context, version: 2 };
    const push: Push = { kind: "conversation", uuid: "1", conversation };
    expect(packPushes([{ channel: "c", push }]).map(({ data }) => read(data))).toEqual([
      [{ kind: "conversation", uuid: "1", conversation: null }],
    ]);
  });
});
