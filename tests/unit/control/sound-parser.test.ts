import { describe, expect, it } from "vitest";
import { SoundParser, SoundUnreadable } from "@/lib/control/client/sound-parser";

/** Two-channel frames after the header line. */
function encode(line: string, samples: readonly number[]): Uint8Array {
  const head = new TextEncoder().encode(line);
  const bytes = new Uint8Array(head.length + samples.length * 2);
  bytes.set(head);
  const view = new DataView(bytes.buffer);
  samples.forEach((sample, index) => {
    view.setInt16(head.length + index * 2, sample, true);
  });
  return bytes;
}

const line = '{"sampleRate":16000,"channels":2,"endsAfter":280}\n';
const stereo = encode(line, [16_384, -16_384, 32_767, -32_768, 0, 1]);
const expected = [
  [0.5, 32_767 / 32_768, 0],
  [-0.5, -1, 1 / 32_768],
];

function readAll(pieces: readonly Uint8Array[]) {
  const parser = new SoundParser();
  const read: number[][] = [[], []];
  for (const piece of pieces) {
    parser.take(piece).forEach((samples, channel) => {
      read[channel]?.push(...samples);
    });
  }
  return { head: parser.head, read };
}

describe("a call's audio stream", () => {
  it("is split into a format and samples per channel", () => {
    expect(readAll([stereo])).toEqual({
      head: { sampleRate: 16_000, channels: 2, endsAfter: 280 },
      read: expected,
    });
  });

  it("parses the same wherever it is cut, even within the header line or a sample", () => {
    for (let cut = 0; cut <= stereo.length; cut += 1) {
      for (let second = cut; second <= stereo.length; second += 1) {
        const pieces = [stereo.slice(0, cut), stereo.slice(cut, second), stereo.slice(second)];
        expect(readAll(pieces).read).toEqual(expected);
      }
    }
  });

  it("parses the same one byte at a time", () => {
    expect(readAll([...stereo].map((byte) => Uint8Array.of(byte))).read).toEqual(expected);
  });

  it("may have a single channel, at the given rate", () => {
    const parser = new SoundParser();
    const [only] = parser.take(
      encode('{"sampleRate":8000,"channels":1,"endsAfter":20,"endedBefore":"Too slow."}\n', [-8_192]),
    );
    expect(parser.head).toEqual({ sampleRate: 8_000, channels: 1, endsAfter: 20, endedBefore: "Too slow." });
    expect([...(only ?? [])]).toEqual([-0.25]);
  });

  it.each([
    ["no JSON", "sound\n"],
    ["another shape", '{"rate":16000}\n'],
    ["a rate that is none", '{"sampleRate":1,"channels":2,"endsAfter":280}\n'],
    ["six channels", '{"sampleRate":48000,"channels":6,"endsAfter":280}\n'],
    ["no time", '{"sampleRate":48000,"channels":2}\n'],
    ["a line without an end", "x".repeat(2_000)],
  ])("is rejected for an invalid first line: %s", (_, first) => {
    expect(() => new SoundParser().take(new TextEncoder().encode(first))).toThrow(SoundUnreadable);
  });
});
