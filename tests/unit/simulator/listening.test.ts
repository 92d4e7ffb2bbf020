import { EventEmitter } from "node:events";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { WebSocket } from "ws";
import { endOfSpeech, type Speech } from "@/scripts/simulator/acting/beat";
import { generateCall } from "@/scripts/simulator/generate-call";
import { Broadcast } from "@/scripts/simulator/live/broadcast";
import { readOrder } from "@/scripts/simulator/live/orders";
import { CallVoice, sampleRate } from "@/scripts/simulator/live/voice";

/** The other end of a socket, with only what a broadcast uses. */
class Listener extends EventEmitter {
  bufferedAmount = 0;
  sent: (string | Buffer)[] = [];
  ended: string | null = null;
  send(data: string | Buffer): void {
    this.sent.push(data);
  }
  close(code: number): void {
    this.ended = `closed ${code}`;
    this.emit("close");
  }
  terminate(): void {
    this.ended = "terminated";
    this.emit("close");
  }
}

function onAir() {
  const { live } = generateCall("listening", { hangs: 0, interruptions: 0 });
  const startedAt = performance.now();
  const broadcast = new Broadcast({ live, nowMs: () => performance.now() - startedAt, speed: 1 });
  const join = () => {
    const listener = new Listener();
    // Only the parts of a WebSocket that a broadcast uses exist.
    broadcast.add(listener as unknown as WebSocket);
    return listener;
  };
  return { live, broadcast, join };
}

const secondsOf = ({ sent }: Listener) =>
  sent.reduce((sum, data) => sum + (typeof data === "string" ? 0 : data.length), 0) / 4 / sampleRate;

describe("listening to a simulated call", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test("delivers audio in real time, every 20 to 100 ms, to every listener", () => {
    const { join } = onAir();
    const [one, other] = [join(), join()];
    vi.advanceTimersByTime(10_000);
    expect(secondsOf(one)).toBeCloseTo(10, 1);
    const soundOf = ({ sent }: Listener) => Buffer.concat(sent.slice(1).map((frame) => Buffer.from(frame)));
    expect(soundOf(other).equals(soundOf(one))).toBe(true);
    const frames = one.sent.slice(1).map((frame) => (frame.length / 4 / sampleRate) * 1_000);
    expect(Math.min(...frames)).toBeGreaterThanOrEqual(20);
    expect(Math.max(...frames)).toBeLessThanOrEqual(100);
  });

  test("generates audio only while there is a listener", () => {
    const { join } = onAir();
    expect(vi.getTimerCount()).toBe(0);
    const listener = join();
    expect(vi.getTimerCount()).toBe(1);
    listener.emit("close");
    expect(vi.getTimerCount()).toBe(0);
  });

  test("skips frames for a listener that does not read, disconnects it after 10 s, and continues for others", () => {
    const { join } = onAir();
    const [slow, quick] = [join(), join()];
    slow.bufferedAmount = 10 * sampleRate * 4;
    vi.advanceTimersByTime(9_000);
    expect(secondsOf(slow)).toBe(0);
    expect(slow.ended).toBeNull();
    vi.advanceTimersByTime(2_000);
    expect(slow.ended).toBe("terminated");
    expect(secondsOf(quick)).toBeCloseTo(11, 1);
  });

  test("ends with the call", () => {
    const { join, live } = onAir();
    const listener = join();
    vi.advanceTimersByTime(live.overMs + 100);
    expect(listener.ended).toBe("closed 1000");
    expect(vi.getTimerCount()).toBe(0);
  });
});

function loudnessOf(sound: Buffer, channel: 0 | 1): number {
  let sum = 0;
  for (let at = channel * 2; at < sound.length; at += 4) sum += sound.readInt16LE(at) ** 2;
  return Math.sqrt(sum / (sound.length / 4));
}

const render = (speeches: readonly Speech[], fromMs: number, ms: number) =>
  new CallVoice().render(speeches, fromMs, (ms * sampleRate) / 1_000);

describe("the voices of a simulated call", () => {
  test("each use their own channel for as long as their words last", () => {
    const { live } = generateCall("voices", { hangs: 0, interruptions: 0 });
    for (const speech of live.speeches) {
      const sound = render(live.speeches, speech.fromMs, endOfSpeech(speech) - speech.fromMs);
      const [own, other] = speech.speaker === "user" ? ([0, 1] as const) : ([1, 0] as const);
      expect(loudnessOf(sound, own)).toBeGreaterThan(1_000);
      expect(loudnessOf(sound, other)).toBe(0);
    }
  });

  test("rise and fall with syllables, and never clip", () => {
    const { live } = generateCall("voices", { hangs: 0, interruptions: 0 });
    const speech = live.speeches.find(({ speaker, words }) => speaker === "assistant" && words.length > 12);
    const sound = render(live.speeches, speech?.fromMs ?? 0, 2_000);
    const frames = Array.from({ length: 80 }, (_, at) =>
      loudnessOf(sound.subarray(at * 1_600, (at + 1) * 1_600), 1),
    );
    const mean = frames.reduce((sum, loud) => sum + loud, 0) / frames.length;
    const changes = frames.slice(1).filter((loud, at) => loud > mean !== (frames[at] ?? 0) > mean).length;
    expect(changes).toBeGreaterThan(6);
    const samples = Array.from({ length: sound.length / 2 }, (_, at) => sound.readInt16LE(at * 2));
    expect(Math.max(...samples.map(Math.abs))).toBeLessThan(16_384);
  });

  test("are silent while muted", () => {
    const { live } = generateCall("voices", { hangs: 0, interruptions: 0 });
    const atMs = (live.speeches[1]?.fromMs ?? 0) + 500;
    const order = readOrder('{"type":"control","control":"mute-assistant"}');
    if (typeof order === "string") throw new Error(order);
    live.obey(order, atMs);
    const sound = render(live.speeches, atMs, 20_000);
    expect(loudnessOf(sound, 1)).toBe(0);
    expect(loudnessOf(sound, 0)).toBeGreaterThan(500);
  });
});
