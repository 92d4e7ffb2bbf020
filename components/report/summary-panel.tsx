import { CircleCheck, CircleDot, CircleX } from "lucide-react";
import { CopyButton } from "@/components/ui/copy-button";
import { DataTree } from "@/components/ui/data-tree";
import { Panel } from "@/components/ui/panel";
import { describeEvaluation, type Report, type StructuredOutput } from "@/lib/calls/report";

/** What the call was about, and whether it succeeded. */
export function SummaryPanel({ report: { summary, successEvaluation } }: { report: Report }) {
  return (
    <Panel title="Summary" aside={summary && <CopyButton text={summary} what="summary" />}>
      {summary && (
        <p dir="auto" className="whitespace-pre-wrap break-words leading-relaxed">
          {summary}
        </p>
      )}
      {successEvaluation !== null && <Evaluated evaluation={successEvaluation} />}
      {!summary && successEvaluation === null && (
        <p className="text-muted">
          No analysis. Vapi analyses calls with at least two messages if the assistant's analysis plan is on.
        </p>
      )}
    </Panel>
  );
}

function Evaluated({ evaluation }: { evaluation: string }) {
  const { words, isSuccess, parts } = describeEvaluation(evaluation);
  const [Icon, tone] =
    isSuccess === null
      ? ([CircleDot, "text-muted"] as const)
      : isSuccess
        ? ([CircleCheck, "text-success"] as const)
        : ([CircleX, "text-danger"] as const);
  return (
    <div className="grid gap-2 pt-2">
      <p className="flex items-start gap-2">
        <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${tone}`} />
        <span className="min-w-0 break-words">
          <span className="text-muted">Evaluation: </span>
          <bdi>{words}</bdi>
        </span>
      </p>
      {parts !== null && <DataTree value={parts} />}
    </div>
  );
}

/** The call's structured outputs, one below the other. */
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
              <p className="break-words text-muted">Skipped: condition not met{skipped && `: ${skipped}`}.</p>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
