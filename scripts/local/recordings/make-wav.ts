const rate = 8_000;

export interface Tone {
  channel: 0 | 1;
  fromSeconds: number;
  toSeconds: number;
}

/** A stereo recording, 8 kHz and 16 bits, of silence with a tone wherever one voice speaks. */
export function makeWav(seconds: number, tones: readonly Tone[] = []): Buffer {
  const frames = Math.round(seconds * rate);
  const wav = Buffer.alloc(44 + frames * 4);
  wav.write("RIFF", 0);
  wav.writeUInt32LE(36 + frames * 4, 4);
  wav.write("WAVEfmt ", 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(2, 22);
  wav.writeUInt32LE(rate, 24);
  wav.writeUInt32LE(rate * 4, 28);
  wav.writeUInt16LE(4, 32);
  wav.writeUInt16LE(16, 34);
  wav.write("data", 36);
  wav.writeUInt32LE(frames * 4, 40);
  for (const { channel, fromSeconds, toSeconds } of tones) {
    const [from, to] = [
      Math.max(0, Math.round(fromSeconds * rate)),
      Math.min(frames, Math.round(toSeconds * rate)),
    ];
    for (let frame = from; frame < to; frame += 1) {
      const swing = Math.sin((frame * 2 * Math.PI * (channel === 0 ? 220 : 330)) / rate);
      // As loud and as soft as syllables are.
      const loudness = 0.55 + 0.45 * Math.sin((frame * 2 * Math.PI * 4) / rate);
      wav.writeInt16LE(Math.round(swing * loudness * 9_000), 44 + frame * 4 + channel * 2);
    }
  }
  return wav;
}
