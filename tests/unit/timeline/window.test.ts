import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { axisTicks } from "@/components/timeline/axis";
import { toWindow, zoomWindow } from "@/components/timeline/use-window";
import { LaneWaveform, toStrokes } from "@/components/timeline/waveform";

const minutes = (count: number) => count * 60_000;
const short = { from: minutes(100), to: minutes(103) };
const long = { from: minutes(100), to: minutes(280) };

describe("timeline: the part of a call in view", () => {
  test("is all of a short call, and the start of a long one, or its end while the call is live", () => {
    expect(toWindow(short, { from: short.from, lengthMs: null })).toEqual(short);
    expect(toWindow(long, { from: long.from, lengthMs: null })).toEqual({
      from: minutes(100),
      to: minutes(104),
    });
    expect(toWindow(long, { from: null, lengthMs: null })).toEqual({ from: minutes(276), to: minutes(280) });
  });

  test("stays within the call, and spans at least 15 s and at most the whole call", () => {
    expect(toWindow(long, { from: minutes(279), lengthMs: minutes(10) })).toEqual({
      from: minutes(270),
      to: minutes(280),
    });
    expect(toWindow(long, { from: 0, lengthMs: 1 })).toEqual({ from: long.from, to: long.from + 15_000 });
    expect(toWindow(long, { from: null, lengthMs: minutes(999) })).toEqual(long);
  });

  test("zooms around the moment under the pointer, which stays in place", () => {
    const window = { from: minutes(120), to: minutes(130) };
    expect(zoomWindow(long, window, 0.5, minutes(122))).toEqual({
      from: minutes(121),
      lengthMs: minutes(5),
    });
    const wide = toWindow(long, zoomWindow(long, window, 100, minutes(122)));
    expect(wide).toEqual(long);
  });

  test("has axis ticks at round times of the call, wherever it begins", () => {
    expect(axisTicks(0, 20_000)).toEqual([0, 5_000, 10_000, 15_000, 20_000]);
    expect(axisTicks(minutes(61) + 1, minutes(65))).toEqual(
      [61.5, 62, 62.5, 63, 63.5, 64, 64.5, 65].map(minutes),
    );
  });
});

describe("timeline: the waveform in the lanes", () => {
  const peaks = Float32Array.from([0, 0.25, 0.5, 0.75, 1, 0, 0, 0.5]);

  test("draws each stroke at the peak of its interval", () => {
    expect(toStrokes(peaks, 4, [0, 4], 4)).toEqual([0.25, 0.75, 1, 0.5]);
  });

  test("shows only the part in view, and nothing after the recording's end", () => {
    expect(toStrokes(peaks, 4, [1, 3], 2)).toEqual([0.75, 1]);
    expect(toStrokes(peaks, 4, [3, 7], 4)).toEqual([0.5, 0, 0, 0]);
  });

  const draw = (channels: number) =>
    renderToStaticMarkup(
      createElement(LaneWaveform, {
        waveform: { channels: Array.from({ length: channels }, () => peaks), durationSeconds: 4 },
        span: { from: 0, to: 4_000 },
        start: 0,
      }),
    );

  test("shows each speaker's channel in their lane, and a single channel faintly in both", () => {
    expect(draw(2)).toMatch(/stroke-caller.*stroke-assistant/);
    expect(draw(1).match(/stroke-muted opacity-50/g)).toHaveLength(2);
  });
});
