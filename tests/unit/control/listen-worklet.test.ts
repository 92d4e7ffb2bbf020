import { readFileSync } from "node:fs";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { z } from "zod";

const source = readFileSync("public/listen-worklet.js", "utf8");

const reportSchema = z.object({
  heldMs: z.number(),
  isPlaying: z.boolean(),
  counters: z.object({
    gaps: z.number(),
    longestGapMs: z.number(),
    skippedMs: z.number(),
    playedMs: z.number(),
  }),
});

type Report = z.infer<typeof reportSchema>;
type Message =
  | { kind: "format"; sampleRate: number; channels: number }
  | { kind: "samples"; channels: Float32Array[] };

interface Processor {
  process: (inputs: unknown, outputs: Float32Array[][]) => boolean;
}

/** The player as a browser would run it: block by block, at the loudspeaker's sample rate. */
function openPlayer(speakerRate = 48_000) {
  const reports: Report[] = [];
  const port = {
    onmessage: (_event: { data: Message }) => {},
    postMessage: (report: unknown) => reports.push(reportSchema.parse(report)),
  };
  const context = {
    sampleRate: speakerRate,
    currentTime: 0,
    Processor: null as (new () => Processor) | null,
    AudioWorkletProcessor: class {
      port = port;
    },
    registerProcessor: (_name: string, processor: new () => Processor) => {
      context.Processor = processor;
    },
    Float32Array,
  };
  runInNewContext(source, context);
  if (!context.Processor) throw new Error("The worklet registers no processor.");
  const processor = new context.Processor();
  const heard: [number[], number[]] = [[], []];
  /** Fraction of a block left over from the last call. */
  let due = 0;
  return {
    heard,
    reports,
    last: () => reports.at(-1),
    send: (message: Message) => port.onmessage({ data: message }),
    /** Plays for a number of milliseconds. */
    play(ms: number) {
      for (due += (ms / 1_000) * (speakerRate / 128); due >= 1; due -= 1) {
        const outputs = [[new Float32Array(128)], [new Float32Array(128)]];
        processor.process([], outputs);
        context.currentTime += 128 / speakerRate;
        outputs.forEach(([samples], channel) => {
          for (const sample of samples ?? []) heard[channel === 0 ? 0 : 1].push(sample);
        });
      }
    },
  };
}

function tone(hertz: number, rate: number, ms: number, fromMs = 0): Float32Array {
  const offset = (fromMs / 1_000) * rate;
  return Float32Array.from(
    { length: (ms / 1_000) * rate },
    (_, index) => Math.sin((2 * Math.PI * hertz * (index + offset)) / rate) * 0.5,
  );
}

/** Sends and plays in turn, 20 ms at a time, like a network without jitter. */
function stream(player: ReturnType<typeof openPlayer>, rate: number, ms: number, hertz = [440, 880]) {
  for (let at = 0; at < ms; at += 20) {
    player.send({ kind: "samples", channels: hertz.map((each) => tone(each, rate, 20, at)) });
    player.play(20);
  }
}

/** Frequency of a tone: upward zero crossings per second. */
function hertzOf(samples: readonly number[], rate: number): number {
  const from = samples.findIndex((sample) => sample !== 0);
  const sounding = samples.slice(from);
  const rises = sounding.filter((sample, index) => sample >= 0 && (sounding[index - 1] ?? 0) < 0).length;
  return rises / (sounding.length / rate);
}

describe("the live player's audio worklet", () => {
  it.each([
    [16_000, 48_000],
    [8_000, 48_000],
    [16_000, 44_100],
    [48_000, 44_100],
  ])("plays %i Hz on a %i Hz speaker at the same pitch, each voice on its own channel", (rate, speaker) => {
    const player = openPlayer(speaker);
    player.send({ kind: "format", sampleRate: rate, channels: 2 });
    stream(player, rate, 1_500);
    expect(hertzOf(player.heard[0], speaker)).toBeGreaterThan(440 * 0.97);
    expect(hertzOf(player.heard[0], speaker)).toBeLessThan(440 * 1.03);
    expect(hertzOf(player.heard[1], speaker)).toBeGreaterThan(880 * 0.97);
    expect(hertzOf(player.heard[1], speaker)).toBeLessThan(880 * 1.03);
    expect(player.last()?.counters.gaps).toBe(0);
  });

  it("plays mono on the first output only", () => {
    const player = openPlayer();
    player.send({ kind: "format", sampleRate: 16_000, channels: 1 });
    stream(player, 16_000, 1_000, [440]);
    expect(Math.max(...player.heard[0])).toBeGreaterThan(0.4);
    expect(player.heard[1].every((sample) => sample === 0)).toBe(true);
  });

  it("buffers before it starts playing, and holds less than 400 ms after a burst", () => {
    const player = openPlayer();
    player.send({ kind: "format", sampleRate: 16_000, channels: 2 });
    player.send({ kind: "samples", channels: [tone(440, 16_000, 60), tone(440, 16_000, 60)] });
    player.play(200);
    expect(player.last()).toMatchObject({ isPlaying: false });
    // A burst, as after a network stall.
    player.send({ kind: "samples", channels: [tone(440, 16_000, 1_500), tone(440, 16_000, 1_500)] });
    player.play(60);
    expect(player.last()?.heldMs).toBeLessThan(400);
    expect(player.last()?.counters.skippedMs).toBeGreaterThan(1_000);
    expect(player.last()).toMatchObject({ isPlaying: true });
  });

  it("counts a gap, stays silent during it, and then resumes", () => {
    const player = openPlayer();
    player.send({ kind: "format", sampleRate: 16_000, channels: 2 });
    stream(player, 16_000, 1_000);
    const before = player.heard[0].length;
    player.play(600);
    expect(player.last()).toMatchObject({ isPlaying: false, counters: { gaps: 1 } });
    expect(player.heard[0].slice(-4_800).every((sample) => sample === 0)).toBe(true);
    // The stream that replaces the lost one sends the same format again.
    player.send({ kind: "format", sampleRate: 16_000, channels: 2 });
    stream(player, 16_000, 1_000);
    expect(player.last()).toMatchObject({ isPlaying: true, counters: { gaps: 1 } });
    expect(player.last()?.counters.longestGapMs).toBeGreaterThan(400);
    expect(player.last()?.counters.longestGapMs).toBeLessThan(800);
    expect(player.heard[0].slice(before + 48_000).some((sample) => sample !== 0)).toBe(true);
  });

  it("catches up with a sender whose clock is faster, without a gap or a skip", () => {
    const player = openPlayer();
    player.send({ kind: "format", sampleRate: 16_000, channels: 2 });
    for (let at = 0; at < 8_000; at += 20) {
      player.send({ kind: "samples", channels: [tone(440, 16_000, 20, at), tone(440, 16_000, 20, at)] });
      // Plays 1 % slower than the sound arrives.
      player.play(19.8);
    }
    expect(player.last()?.counters).toMatchObject({ gaps: 0, skippedMs: 0 });
    expect(player.last()?.heldMs).toBeLessThan(250);
  });
});
