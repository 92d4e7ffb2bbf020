import { Check, Minus, X } from "lucide-react";
import { CopyButton } from "@/components/ui/copy-button";
import { Json } from "@/components/ui/json";
import type { ShownDecision } from "@/lib/routing/request";
import { sourceWords } from "@/lib/routing/words";

type Finding = ShownDecision["findings"][number];

/** Who answers, why, and the exact JSON. */
export function DecisionView({ decision }: { decision: ShownDecision }) {
  const { source, rule, findings, remarks, reply } = decision;
  return (
    <div role="status" className="grid gap-3 rounded-lg border border-line bg-surface p-4">
      <p className="wrap-anywhere font-medium">
        {rule ? `The rule “${rule.name}” answers.` : `${sourceWords[source]} answers.`}
      </p>
      {remarks.map((remark) => (
        <p key={remark}>{remark}</p>
      ))}
      <ol aria-label="Why" className="grid gap-1.5">
        {findings.map((finding, index) => (
          <li key={finding.ruleId} className="flex items-start gap-2 text-sm">
            <FindingIcon outcome={finding.outcome} />
            <span className="wrap-anywhere">
              <span className="text-muted tabular-nums">{index + 1}.</span> {finding.name}: {inWords(finding)}
            </span>
          </li>
        ))}
      </ol>
      <div className="grid gap-1.5">
        <div className="flex items-center justify-between">
          <h3 className="font-medium text-sm">What Vapi is sent</h3>
          <CopyButton text={JSON.stringify(reply, null, 2)} what="the answer" />
        </div>
        <Json label="What Vapi is sent" value={reply} />
      </div>
    </div>
  );
}

function inWords({ outcome, mismatch }: Finding): string {
  if (outcome === "answers") return "matches and answers.";
  if (outcome === "outranked") return "matches, but something before it answers.";
  if (outcome === "disabled") return "is off.";
  return `does not match: ${mismatch?.why ?? ""}.`;
}

function FindingIcon({ outcome }: { outcome: Finding["outcome"] }) {
  const className = "mt-0.5 size-4 shrink-0";
  if (outcome === "answers") return <Check aria-hidden className={`${className} text-assistant`} />;
  const Icon = outcome === "failed" ? X : Minus;
  return <Icon aria-hidden className={`${className} text-muted`} />;
}
