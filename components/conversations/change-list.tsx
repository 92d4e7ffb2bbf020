import type { ReactNode } from "react";
import { ScrollRegion } from "@/components/ui/scroll-region";
import type { Change } from "@/lib/conversations/context";

const changeLabels = { CREATE: "Added", REMOVE: "Removed", CHANGE: "Changed" } as const;

/** The differences between two contexts, by path. */
export function ChangeList({ label, changes }: { label: string; changes: readonly Change[] }) {
  if (changes.length === 0) return <p className="text-muted">No differences.</p>;
  return (
    <ScrollRegion label={label} className="max-h-80 overflow-auto">
      <ul className="grid gap-1.5">
        {changes.map((change) => (
          <li key={change.path.join("\n")} className="min-w-0">
            <span className="text-muted text-xs">{changeLabels[change.type]}</span>{" "}
            <code className="wrap-anywhere font-mono text-xs">{change.path.join(".")}</code>
            <div className="grid gap-0.5">
              {"oldValue" in change && (
                <del className="block no-underline">
                  <Value sign="−" words="before">
                    {change.oldValue}
                  </Value>
                </del>
              )}
              {"value" in change && (
                <ins className="block no-underline">
                  <Value sign="+" words="now">
                    {change.value}
                  </Value>
                </ins>
              )}
            </div>
          </li>
        ))}
      </ul>
    </ScrollRegion>
  );
}

function Value({ sign, words, children }: { sign: string; words: string; children: unknown }): ReactNode {
  return (
    <span className="flex gap-1.5 rounded bg-hover px-1.5 py-0.5">
      <span aria-hidden className="text-muted">
        {sign}
      </span>
      <span className="sr-only">{words}: </span>
      <code className="wrap-anywhere min-w-0 whitespace-pre-wrap font-mono text-xs">
        {JSON.stringify(children, null, 1)}
      </code>
    </span>
  );
}
