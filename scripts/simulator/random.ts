import { createHash } from "node:crypto";

/** A random source that gives the same draws for the same seed. */
export interface Random {
  /** A real number in [from, to). */
  between: (from: number, to: number) => number;
  /** A whole number in [from, to]. */
  whole: (from: number, to: number) => number;
  chance: (probability: number) => boolean;
  pick: <T>(choices: readonly T[]) => T;
  hex: (digits: number) => string;
  /** Another source, identified by its name: drawing from one never shifts the draws of the other. */
  fork: (name: string) => Random;
}

export function createRandom(seed: string): Random {
  const next = smallFastCounter(seed);
  const whole = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  return {
    between: (from, to) => from + next() * (to - from),
    whole,
    chance: (probability) => next() < probability,
    pick: (choices) => pickAt(choices, whole(0, choices.length - 1)),
    hex: (digits) => Array.from({ length: digits }, () => whole(0, 15).toString(16)).join(""),
    fork: (name) => createRandom(`${seed}/${name}`),
  };
}

function pickAt<T>(choices: readonly T[], index: number): T {
  const choice = choices[index];
  if (choice === undefined) throw new Error("There is nothing to pick from.");
  return choice;
}

/** sfc32, a public-domain generator of 128 bits of state, seeded with the text's SHA-256. Gives numbers in [0, 1). */
function smallFastCounter(seed: string): () => number {
  const hash = createHash("sha256").update(seed).digest();
  let [a, b, c, counter] = [
    hash.readInt32LE(0),
    hash.readInt32LE(4),
    hash.readInt32LE(8),
    hash.readInt32LE(12),
  ];
  return () => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
}

/** Returns an id in the format Vapi uses for organisations, assistants, numbers and, until mid-2025, calls (UUID v4). */
export function uuidV4(random: Random): string {
  const tail = random.pick(["8", "9", "a", "b"]) + random.hex(3);
  return [random.hex(8), random.hex(4), `4${random.hex(3)}`, tail, random.hex(12)].join("-");
}
