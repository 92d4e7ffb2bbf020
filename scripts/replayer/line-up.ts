import type { Random } from "@/scripts/simulator/random";

/** The bodies in the order in which they are posted: as recorded or shuffled, each once or twice. */
export function lineUp<T>(
  bodies: readonly T[],
  random: Random,
  how: { isTwice: boolean; isShuffled: boolean },
): T[] {
  const all = how.isTwice ? bodies.flatMap((body) => [body, body]) : [...bodies];
  if (!how.isShuffled) return all;
  return all
    .map((body) => ({ body, place: random.between(0, 1) }))
    .sort((a, b) => a.place - b.place)
    .map(({ body }) => body);
}
