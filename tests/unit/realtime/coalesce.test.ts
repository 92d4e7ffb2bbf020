import fc from "fast-check";
import { expect, it } from "vitest";
import type { CallPush } from "@/lib/realtime/push";
import { coalesce } from "@/lib/realtime/server/pack";
import { makeCall } from "@/tests/support/makers/make-call";

const pushOf = (version: number): CallPush => ({
  kind: "call",
  call: makeCall({ version }),
  previousVersion: version - 1,
});

it("coalesced pushes: the newest call wins, and the versions they claim to cover were all pushed", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { minLength: 1 }), (versions) => {
      const joined = versions
        .map(pushOf)
        .reduce<CallPush>((a, b) => coalesce(a, b) as CallPush, pushOf(versions[0] ?? 1));
      expect(joined.call.version).toBe(Math.max(...versions));
      // It must hold every version it claims to contain.
      for (let version = joined.previousVersion + 1; version <= joined.call.version; version += 1) {
        expect(versions).toContain(version);
      }
    }),
  );
});

it("coalesced pushes: two consecutive versions, in any order, continue from the version before the first", () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([4, 5], { minLength: 2 }), ([a = 4, b = 5]) => {
      expect(coalesce(pushOf(a), pushOf(b))).toMatchObject({ previousVersion: 3, call: { version: 5 } });
    }),
  );
});
