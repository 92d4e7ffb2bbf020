import { type AlertKind, alertKinds, type Episode } from "@/lib/alerts/episode";

/** One reason to look, from when it held until it did not; epoch ms. Reasons that overlap are one episode. */
export interface Reason {
  kind: AlertKind;
  since: number;
  from: number;
  until: number | null;
}

/** Reasons that overlap are one episode. `end`: of the call, null while it lives. */
export function joinReasons(reasons: readonly Reason[], end: number | null): Episode[] {
  return join(reasons).map((joined) => toEpisode(joined, end));
}

interface Joined extends Reason {
  kinds: AlertKind[];
}

function join(reasons: readonly Reason[]): Joined[] {
  const joined: Joined[] = [];
  for (const reason of reasons.toSorted((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (!last || (last.until !== null && last.until <= reason.from)) {
      joined.push({ ...reason, kinds: [reason.kind] });
      continue;
    }
    last.since = Math.min(last.since, reason.since);
    last.until = last.until === null || reason.until === null ? null : Math.max(last.until, reason.until);
    last.kinds.push(reason.kind);
  }
  return joined;
}

function toEpisode({ since, from, until, kinds }: Joined, end: number | null): Episode {
  const named = alertKinds.find((kind) => kinds.includes(kind)) ?? "silence";
  return {
    kind: named,
    since: toIso(since),
    openedAt: toIso(from),
    hangs: kinds.filter((kind) => kind === "hang").length,
    closedAt: until === null ? null : toIso(until),
    outcome: until === null ? "open" : until === end ? "call-ended" : "recovered",
  };
}

function toIso(ms: number): string {
  return new Date(ms).toISOString();
}
