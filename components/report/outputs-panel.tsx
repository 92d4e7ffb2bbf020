import { CopyButton } from "@/components/ui/copy-button";
import { DataTree } from "@/components/ui/data-tree";
import { Panel } from "@/components/ui/panel";
import type { StructuredOutput } from "@/lib/calls/report";

/** What the assistant's structured outputs made of the call, one under the other. */
export function OutputsPanel({ outputs }: { outputs: readonly StructuredOutput[] }) {
  if (outputs.length === 0) return null;
  return (
    <Panel title="Structured outputs">
      <ul className="grid gap-4">
        {outputs.map(({ id, name, result, skipped }, index) => (
          <li key={id} className="grid gap-1.5">
            <div className="flex items-center justify-between gap-2">
              <h3 className="min-w-0 break-words font-medium">{name ?? `Output ${index + 1}`}</h3>
              {skipped === null && (
                <CopyButton text={JSON.stringify(result, null, 2)} what={name ?? `output ${index + 1}`} />
              )}
            </div>
            {skipped === null ? (
              <DataTree value={result} />
            ) : (
              <p className="break-words text-muted">
                Not made, for its condition was not met{skipped && `: ${skipped}`}.
              </p>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
