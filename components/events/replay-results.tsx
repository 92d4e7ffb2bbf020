import { type Replayed, type ReplayOutcome, replayOutcomes } from "@/lib/events/event";

/** What came of a replay: how many of each, and by name each that says something new. */
export function ReplayResults({ results }: { results: readonly Replayed[] }) {
  const counts = new Map<ReplayOutcome, number>();
  for (const { outcome } of results) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  const notable = results.filter(({ outcome }) => outcome !== "joined-again");
  return (
    <div className="grid gap-2 pt-3">
      <ul aria-label="What came of it" className="grid gap-0.5">
        {[...counts].map(([outcome, count]) => (
          <li key={outcome}>
            <span className="font-medium">{count}×</span> {toWords(outcome)}
          </li>
        ))}
      </ul>
      {results.length > 1 && notable.length > 0 && (
        <ul aria-label="Events of note" className="max-h-48 overflow-y-auto text-xs">
          {notable.map(({ key, type, outcome, issues }) => (
            <li key={key} className="wrap-anywhere">
              <span className="font-medium">{type}</span>: {toWords(outcome)}
              {issues[0] && ` (${issues[0].path}: ${issues[0].message})`}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

const toWords = (outcome: ReplayOutcome) =>
  replayOutcomes[outcome].replace(/^./, (first) => first.toLowerCase());
