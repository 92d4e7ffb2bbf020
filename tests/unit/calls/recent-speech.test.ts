import { describe, expect, it } from "vitest";
import { followSpeech, toRecentSpeech } from "@/lib/calls/recent-speech";
import { atSecond } from "@/tests/support/deliveries/at-second";
import { makeCall } from "@/tests/support/makers/make-call";

const quiet = makeCall({ speaking: null, lastSpeechAt: null, recentSpeech: [] });
const speaks = (speaking: "user" | "assistant" | null, second: number) =>
  makeCall({ speaking, lastSpeechAt: atSecond(second), lastEventAt: atSecond(second) });

describe("the last 90 s of speech beside a call", () => {
  it("grows by what pushes say: who began, who stopped, who took over", () => {
    let call = followSpeech(quiet, speaks("user", 10));
    call = followSpeech(call, speaks("assistant", 14));
    call = followSpeech(call, speaks(null, 17));
    expect(call.recentSpeech).toEqual([
      { role: "user", from: atSecond(10), to: atSecond(14) },
      { role: "assistant", from: atSecond(14), to: atSecond(17) },
    ]);
  });

  it("is not changed by pushes that say nothing of speech, nor by one that comes again", () => {
    const call = followSpeech(quiet, speaks("user", 10));
    expect(followSpeech(call, { ...speaks("user", 10), version: 9 }).recentSpeech).toEqual(call.recentSpeech);
  });

  it("begins with the first push of a call that is not known yet, and leaves behind what is older", () => {
    const call = followSpeech(followSpeech(undefined, speaks("user", 0)), speaks(null, 5));
    expect(call.recentSpeech).toHaveLength(1);
    expect(followSpeech(call, speaks("assistant", 96)).recentSpeech).toEqual([
      { role: "assistant", from: atSecond(96), to: null },
    ]);
  });

  it("is drawn from the turns that the call's own page has", () => {
    const turn = { role: "user", startedAt: atSecond(1), stoppedAt: null, interrupted: false } as const;
    expect(toRecentSpeech([turn])).toEqual([{ role: "user", from: atSecond(1), to: null }]);
  });
});
