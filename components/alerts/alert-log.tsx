import { LocalTime } from "@/components/clock/local-time";
import type { Act, ActKind } from "@/lib/alerts/alert";

const words: Readonly<Record<Exclude<ActKind, "assign">, string>> = {
  acknowledge: "acknowledged it",
  snooze: "snoozed it",
  note: "noted",
  resolve: "resolved it",
};

/** What people did about an alert, in order. */
export function AlertLog({ log }: { log: readonly Act[] }) {
  if (log.length === 0) return null;
  return (
    <ol aria-label="What was done" className="grid gap-1 text-muted text-xs">
      {log.map((act) => (
        <li key={`${act.at} ${act.kind}`} className="wrap-anywhere">
          <LocalTime at={act.at} /> · {act.by.name} {toWords(act)}
          {act.text && <span className="text-ink">: {act.text}</span>}
        </li>
      ))}
    </ol>
  );
}

function toWords({ kind, assignee }: Act): string {
  if (kind !== "assign") return words[kind];
  return assignee ? `gave it to ${assignee.name}` : "took it back";
}
