import type { Random } from "@/scripts/simulator/random";

/** An id as Vapi gives to organisations, assistants, numbers and, until mid-2025, calls. */
export function uuidV4(random: Random): string {
  const tail = random.pick(["8", "9", "a", "b"]) + random.hex(3);
  return [random.hex(8), random.hex(4), `4${random.hex(3)}`, tail, random.hex(12)].join("-");
}
