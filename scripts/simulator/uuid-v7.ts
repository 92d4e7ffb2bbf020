import type { Random } from "@/scripts/simulator/random";

const firstMs = Date.UTC(2026, 0, 1);
const yearMs = 365 * 24 * 3600 * 1000;

/**
 * An id as Vapi gives to calls since 2025. Its time is drawn like the rest, not read off a clock: the same seed is to
 * give the same id on any day.
 */
export function uuidV7(random: Random): string {
  const time = (firstMs + random.whole(0, yearMs)).toString(16).padStart(12, "0");
  const tail = random.pick(["8", "9", "a", "b"]) + random.hex(3);
  return [time.slice(0, 8), time.slice(8), `7${random.hex(3)}`, tail, random.hex(12)].join("-");
}
