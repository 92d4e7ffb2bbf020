import type { Speaker, Speech } from "@/scripts/simulator/acting/beat";

/** Samples per second on each channel. */
export const sampleRate = 16_000;

interface Sound {
  /** Loudness of the vibrating voice and of breath, 0 to 1. */
  voiced: number;
  breath: number;
  formants: readonly [number, number, number];
}

interface Segment extends Sound {
  toMs: number;
}

/** The first three formants of each vowel, in Hz (Peterson and Barney, 1952). */
const vowels: Readonly<Record<string, Sound["formants"]>> = {
  a: [730, 1_090, 2_440],
  e: [530, 1_840, 2_480],
  i: [270, 2_290, 3_010],
  o: [570, 840, 2_410],
  u: [300, 870, 2_240],
  y: [390, 1_990, 2_550],
};

const neutral: Sound["formants"] = [500, 1_500, 2_500];
const quiet: Sound = { voiced: 0, breath: 0, formants: neutral };

/** Returns the approximate sound of a letter, and its duration relative to other letters. */
function soundOf(letter: string): Sound & { weight: number } {
  const plain = letter.normalize("NFD").slice(0, 1).toLowerCase();
  const formants = vowels[plain];
  if (formants) return { voiced: 1, breath: 0.02, formants, weight: 2.2 };
  if ("sfxzcjhvç".includes(plain))
    return { voiced: "zjv".includes(plain) ? 0.3 : 0, breath: 0.35, formants: neutral, weight: 1 };
  if ("mnlrwñ".includes(plain))
    return { voiced: 0.45, breath: 0, formants: [300, 1_200, 2_400], weight: 1.1 };
  return { voiced: "bdg".includes(plain) ? 0.2 : 0, breath: 0.06, formants: neutral, weight: 0.8 };
}

/** Returns the sounds of a speech in order, each ending at `toMs` after the first word begins. */
function toSegments({ words, endsMs }: Pick<Speech, "words" | "endsMs">): Segment[] {
  return words.flatMap((word, index) => {
    const fromMs = endsMs[index - 1] ?? 0;
    const toMs = endsMs[index] ?? fromMs;
    const letters = [...word].filter((letter) => /[\p{L}\p{N}]/u.test(letter)).map(soundOf);
    // Pauses for breath at commas and stops.
    const pause = /[.?!]$/.test(word) ? 0.4 : /[,:;]$/.test(word) ? 0.25 : 0.06;
    const total = letters.reduce((sum, { weight }) => sum + weight, 0) || 1;
    const spokenMs = (toMs - fromMs) * (1 - pause);
    let atMs = fromMs;
    const sounds = letters.map(({ weight, ...sound }) => {
      atMs += (weight / total) * spokenMs;
      return { ...sound, toMs: atMs };
    });
    return [...sounds, { ...quiet, toMs }];
  });
}

/** A second-order resonator (Klatt, 1980). */
class Resonator {
  #a = 0;
  #b = 0;
  #c = 0;
  #y1 = 0;
  #y2 = 0;

  tune(hertz: number, bandwidth: number): void {
    this.#c = -Math.exp((-2 * Math.PI * bandwidth) / sampleRate);
    this.#b =
      2 * Math.exp((-Math.PI * bandwidth) / sampleRate) * Math.cos((2 * Math.PI * hertz) / sampleRate);
    this.#a = 1 - this.#b - this.#c;
  }

  next(x: number): number {
    const y = this.#a * x + this.#b * this.#y1 + this.#c * this.#y2;
    this.#y2 = this.#y1;
    this.#y1 = y;
    return y;
  }
}

/** Pitch of each speaker, in hertz. */
const pitches: Readonly<Record<Speaker, number>> = { user: 118, assistant: 205 };
const bandwidths = [70, 100, 140] as const;
/** Smoothness of transitions between sounds: the fraction covered per sample. */
const glide = 1 / 160;
const loudness = 16_000;

/** A speaker's vocal tract, whose state carries over from sample to sample. */
class Mouth {
  readonly #pitch: number;
  readonly #resonators = bandwidths.map(() => new Resonator());
  readonly #formants = [...neutral];
  #phase = 0;
  #voiced = 0;
  #breath = 0;
  #noise = 1;

  constructor(pitch: number) {
    this.#pitch = pitch;
  }

  /** @param progress position in the sentence, 0 to 1; the pitch falls with it */
  next(sound: Sound, progress: number): number {
    this.#voiced += (sound.voiced - this.#voiced) * glide;
    this.#breath += (sound.breath - this.#breath) * glide;
    if (this.#voiced < 0.001 && this.#breath < 0.001) return 0;
    this.#phase = (this.#phase + (this.#pitch * (1.12 - 0.22 * progress)) / sampleRate) % 1;
    // A pulse that opens slowly and closes abruptly, as vocal folds do.
    const pulse = this.#phase < 0.6 ? (this.#phase / 0.6) ** 2 - 0.2 : -0.2;
    this.#noise = (Math.imul(this.#noise, 1_664_525) + 1_013_904_223) | 0;
    const hiss = this.#noise / 2 ** 31;
    let sample = pulse * this.#voiced + hiss * this.#breath * 0.2;
    for (const resonator of this.#resonators) sample = resonator.next(sample);
    return Math.tanh(sample * 0.45 + hiss * this.#breath * 0.4);
  }

  /** Moves the formants towards those of the sound, once per block. */
  shape(sound: Sound): void {
    for (const [index, resonator] of this.#resonators.entries()) {
      const [from = 0, to = 0] = [this.#formants[index], sound.formants[index]];
      this.#formants[index] = from + (to - from) * 0.3;
      resonator.tune(this.#formants[index] ?? to, bandwidths[index] ?? 100);
    }
  }
}

const channels: readonly Speaker[] = ["user", "assistant"];
const blockSamples = 80;

/** Renders speech-like sound: words by their letters, with a different pitch per speaker. */
export class CallVoice {
  readonly #mouths = channels.map((speaker) => new Mouth(pitches[speaker]));
  readonly #segments = new WeakMap<Speech, Segment[]>();

  /**
   * Renders interleaved signed 16-bit samples, the customer's channel first, as Vapi sends them.
   *
   * @param fromMs start in milliseconds of call time; a second of sound covers `speed` seconds of it
   */
  render(speeches: readonly Speech[], fromMs: number, samples: number, speed = 1): Buffer {
    const sound = Buffer.alloc(samples * 4);
    const msPerSample = (1_000 / sampleRate) * speed;
    for (const [channel, speaker] of channels.entries()) {
      const mouth = this.#mouths[channel];
      for (let from = 0; mouth && from < samples; from += blockSamples) {
        const atMs = fromMs + from * msPerSample;
        const speech = speeches.find((one) => one.speaker === speaker && isSounding(one, atMs));
        const segment = speech ? this.#segmentAt(speech, atMs - speech.fromMs) : quiet;
        const progress = speech ? (atMs - speech.fromMs) / (speech.endsMs.at(-1) ?? 1) : 1;
        mouth.shape(segment);
        for (let at = from; at < Math.min(samples, from + blockSamples); at += 1) {
          const value = mouth.next(segment, progress);
          sound.writeInt16LE(Math.round(value * loudness), at * 4 + channel * 2);
        }
      }
    }
    return sound;
  }

  #segmentAt(speech: Speech, atMs: number): Sound {
    const known = this.#segments.get(speech);
    const segments = known ?? toSegments(speech);
    if (!known) this.#segments.set(speech, segments);
    return segments.find(({ toMs }) => atMs < toMs) ?? quiet;
  }
}

function isSounding({ fromMs, endsMs }: Speech, atMs: number): boolean {
  return atMs >= fromMs && atMs < fromMs + (endsMs.at(-1) ?? 0);
}
