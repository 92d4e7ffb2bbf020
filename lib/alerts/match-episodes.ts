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
 * Each episode under its alert's id: the one it was noticed by, though what came late may since have moved where it
 * begins; its own where nobody has noticed it. An alert belongs to the episode its beginning falls into.
 */
export function matchEpisodes(
  callId: string,
  episodes: readonly Episode[],
  noticed: readonly Noticed[],
): Matched[] {
  const ordered = noticed.toSorted((a, b) => a.sinceMs - b.sinceMs || (a.id < b.id ? -1 : 1));
  return episodes.map((episode) => {
    const from = Date.parse(episode.since);
    const until = episode.closedAt === null ? Number.POSITIVE_INFINITY : Date.parse(episode.closedAt);
    const known = ordered.find(({ sinceMs }) => sinceMs >= from && sinceMs < until);
    return { id: known?.id ?? toAlertId(callId, episode.since), episode };
  });
}
