import type { DirectoryEntry } from "@/lib/directory/directory-entry";

/** Words a caller or a model puts around a team's name. */
const around = /\b(?:the|team|department|desk|group|please|to)\b/g;

/**
 * The team somebody means: by its name in any spelling, else the only one whose name is part of what was said, or the
 * other way round. Null when that is none or several: a wrong transfer is worse than a question.
 */
export function matchTeam<E extends Pick<DirectoryEntry, "team">>(
  entries: readonly E[],
  said: string,
): E | null {
  const asked = toKey(said);
  if (asked === "") return null;
  const exact = entries.find(({ team }) => toKey(team) === asked);
  if (exact) return exact;
  const near = entries.filter(({ team }) => asked.includes(toKey(team)) || toKey(team).includes(asked));
  return near.length === 1 ? (near[0] ?? null) : null;
}

function toKey(text: string): string {
  const words = text.normalize("NFKD").toLowerCase();
  const key = (value: string) => value.replace(/[^\p{L}\p{N}]+/gu, "");
  return key(words.replace(around, " ")) || key(words);
}
