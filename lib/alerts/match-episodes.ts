import { toAlertId } from "@/lib/alerts/alert-id";
import type { Episode } from "@/lib/alerts/episode";

/** What is known of an alert that was noticed before. Epoch ms. */
interface Noticed {
  id: string;
  sinceMs: number;
}

export interface Matched {
  id: string;
  episode: Episode;
}

/**
 * Each episode under its alert's id, no two under one: its own, or the one it was noticed by where what came late has since
 * moved where it begins. Such an alert belongs to the episode its beginning falls into, unless another bears its name.
 */
export function matchEpisodes(
  callId: string,
  episodes: readonly Episode[],
  noticed: readonly Noticed[],
): Matched[] {
  const named = episodes.map((episode) => ({ episode, ownId: toAlertId(callId, episode.since) }));
  const ownIds = new Set(named.map(({ ownId }) => ownId));
  const known = new Set(noticed.map(({ id }) => id));
  const moved = noticed
    .filter(({ id }) => !ownIds.has(id))
    .sort((a, b) => a.sinceMs - b.sinceMs || (a.id < b.id ? -1 : 1));
  return named.map(({ episode, ownId }) => {
    if (known.has(ownId)) return { id: ownId, episode };
    const from = Date.parse(episode.since);
    const until = episode.closedAt === null ? Number.POSITIVE_INFINITY : Date.parse(episode.closedAt);
    const earlier = moved.find(({ sinceMs }) => sinceMs >= from && sinceMs < until);
    return { id: earlier?.id ?? ownId, episode };
  });
}
