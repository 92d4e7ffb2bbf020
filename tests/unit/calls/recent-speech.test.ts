import { describe, expect, it } from "vitest";
import { followSpeech, toRecentSpeech } from "@/lib/calls/recent-speech";
import { atSecond } from "@/tests/support/deliveries/at-second";
import { makeCall } from "@/tests/support/makers/make-call";

const quiet = makeCall({ speaking: null, lastSpeechAt: null, recentSpeech: [] });
const speaks = (speaking: "user" | "assistant" | null, second: number) =>
  makeCall({ speaking, lastSpeechAt: atSecond(second), lastEventAt: atSecond(second) });

describe("the last 90 s of speech in a call", () => {
  it("grows with each push in which a voice starts, stops or takes over", () => {
    let call = followSpeech(quiet, speaks("user", 10));
    call = followSpeech(call, speaks("assistant", 14));
    call = followSpeech(call, speaks(null, 17));
    expect(call.recentSpeech).toEqual([
      { role: "user", from: atSecond(10), to: atSecond(14) },
      { role: "assistant", from: atSecond(14), to: atSecond(17) },
    ]);
  });

  it("is not changed by a newer push with the same speech", () => {
    const call = followSpeech(quiet, speaks("user", 10));
    expect(followSpeech(call, { ...speaks("user", 10), version: 9 }).recentSpeech).toEqual(call.recentSpeech);
  });

  it("continues if the same voice is reported again, and may change speakers at the same instant", () => {
    const call = followSpeech(quiet, speaks("user", 10));
    expect(followSpeech(call, speaks("user", 15)).recentSpeech).toEqual([
      { role: "user", from: atSecond(10), to: null },
    ]);
    expect(followSpeech(call, speaks("assistant", 10)).recentSpeech).toEqual([
      { role: "user", from: atSecond(10), to: atSecond(10) },
      { role: "assistant", from: atSecond(10), to: null },
    ]);
  });

  it("is not changed by a push without new speech, even if its speech is older than 90 s by then", () => {
    const call = followSpeech(followSpeech(quiet, speaks("user", 1)), speaks(null, 5));
    const later = makeCall({ speaking: null, lastSpeechAt: atSecond(5), lastEventAt: atSecond(200) });
    expect(followSpeech(call, later).recentSpeech).toEqual(call.recentSpeech);
    const unknown = makeCall({ speaking: null, lastSpeechAt: null, lastEventAt: atSecond(20) });
    expect(followSpeech(followSpeech(quiet, speaks("user", 10)), unknown).recentSpeech).toEqual([
      { role: "user", from: atSecond(10), to: null },
    ]);
  });

  it("starts with the next new speech of a call that came without any", () => {
    const bare = { ...speaks("user", 10), recentSpeech: undefined };
    expect(followSpeech(bare, speaks("user", 10)).recentSpeech).toEqual([]);
    expect(followSpeech(bare, speaks("user", 15)).recentSpeech).toEqual([
      { role: "user", from: atSecond(15), to: null },
    ]);
  });

  it("never has a stretch that ends before it starts, even if an older push comes late", () => {
    const call = makeCall({
      speaking: "user",
      recentSpeech: [{ role: "user", from: atSecond(20), to: null }],
    });
    expect(followSpeech(call, speaks("assistant", 12)).recentSpeech?.[0]).toEqual({
      role: "user",
      from: atSecond(20),
      to: atSecond(20),
    });
  });

  it("drops speech that ended 90 s ago, and keeps speech that ended later", () => {
    const call = followSpeech(followSpeech(quiet, speaks("user", 0)), speaks(null, 5));
    expect(followSpeech(call, speaks("assistant", 94.999)).recentSpeech).toHaveLength(2);
    expect(followSpeech(call, speaks("assistant", 95)).recentSpeech).toHaveLength(1);
  });

  it("starts with the first push of an unknown call, and drops speech more than 90 s old", () => {
    const call = followSpeech(followSpeech(undefined, speaks("user", 0)), speaks(null, 5));
    expect(call.recentSpeech).toHaveLength(1);
    expect(followSpeech(call, speaks("assistant", 96)).recentSpeech).toEqual([
      { role: "assistant", from: atSecond(96), to: null },
    ]);
  });

  it("is derived from the turns of the call page", () => {
    const turn = { role: "user", startedAt: atSecond(1), stoppedAt: null, interrupted: false } as const;
    expect(toRecentSpeech([turn])).toEqual([{ role: "user", from: atSecond(1), to: null }]);
  });
});
