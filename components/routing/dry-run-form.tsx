"use client";

import { Check, Minus, X } from "lucide-react";
import { useState, useTransition } from "react";
import { useViewerZone } from "@/components/clock/use-zone";
import { Field, FormMessage } from "@/components/form/field";
import { readFields, takeFields } from "@/components/form/read-fields";
import { ZoneField } from "@/components/routing/zone-field";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Json } from "@/components/ui/json";
import { sendJson } from "@/lib/http/client";
import { sourceLabels } from "@/lib/routing/describe-routing";
import { type ShownDecision, shownDecisionSchema } from "@/lib/routing/request";
import { localTimeOf } from "@/lib/zones";

type Finding = ShownDecision["findings"][number];

/** Which assistant answers, why, and the exact JSON. */
export function DecisionView({ decision }: { decision: ShownDecision }) {
  const { source, rule, findings, remarks, reply } = decision;
  return (
    <div role="status" className="grid gap-3 rounded-lg border border-line bg-surface p-4">
      <p className="wrap-anywhere font-medium">
        {rule ? `The rule “${rule.name}” answers.` : `${sourceLabels[source]} answers.`}
      </p>
      {remarks.map((remark) => (
        <p key={remark}>{remark}</p>
      ))}
      <ol aria-label="Why" className="grid gap-1.5">
        {findings.map((finding, index) => (
          <li key={finding.ruleId} className="flex items-start gap-2 text-sm">
            <FindingIcon outcome={finding.outcome} />
            <span className="wrap-anywhere">
              <span className="text-muted">{index + 1}.</span> {finding.name}: {describeFinding(finding)}
            </span>
          </li>
        ))}
      </ol>
      <div className="grid gap-1.5">
        <div className="flex items-center justify-between">
          <h3 className="font-medium text-sm">Response to Vapi</h3>
          <CopyButton text={JSON.stringify(reply, null, 2)} what="the answer" />
        </div>
        <Json label="Response to Vapi" value={reply} />
      </div>
    </div>
  );
}

function describeFinding({ outcome, mismatch }: Finding): string {
  if (outcome === "answers") return "matches and answers.";
  if (outcome === "outranked") return "matches, but an earlier rule answers.";
  if (outcome === "disabled") return "is off.";
  return `does not match: ${mismatch?.why ?? ""}.`;
}

function FindingIcon({ outcome }: { outcome: Finding["outcome"] }) {
  const className = "mt-0.5 size-4 shrink-0";
  if (outcome === "answers") return <Check aria-hidden className={`${className} text-success`} />;
  const Icon = outcome === "failed" ? X : Minus;
  return <Icon aria-hidden className={`${className} text-muted`} />;
}

/** Shows which answer a call would get. `openedAt`: the initial time, in epoch ms. */
export function DryRunForm({ openedAt }: { openedAt: number }) {
  // As ZoneField: the server does not know the viewer's zone.
  const zone = useViewerZone() ?? "UTC";
  const [isPending, start] = useTransition();
  const [why, setWhy] = useState<string | null>(null);
  const [decision, setDecision] = useState<ShownDecision | null>(null);

  function ask(form: FormData) {
    const run = readFields(form, "caller", "called", "local", "zone", "conversationUuid");
    start(async () => {
      const sent = await sendJson("POST", "/api/routing/dry-run", { ...run, local: run.local.slice(0, 16) });
      setWhy(sent.ok ? null : sent.why);
      setDecision(sent.ok ? shownDecisionSchema.parse(sent.value) : null);
    });
  }

  return (
    <div className="grid gap-4">
      <form aria-label="Dry run" onSubmit={takeFields(ask)} className="grid gap-3">
        <div className="grid items-start gap-3 sm:grid-cols-2">
          <Field label="Caller" name="caller" placeholder="Withheld" autoComplete="off" />
          <Field label="Called number" name="called" placeholder="Unknown" autoComplete="off" />
          <Field
            key={zone}
            label="Time"
            name="local"
            type="datetime-local"
            required
            defaultValue={localTimeOf(openedAt, zone)}
          />
          <ZoneField label="Time zone" name="zone" zone={null} />
        </div>
        <Field
          label="Conversation"
          name="conversationUuid"
          placeholder="None"
          autoComplete="off"
          spellCheck={false}
          hint="UUID. Its context and its own answer are taken into account."
        />
        <Button type="submit" variant="primary" className="justify-self-start" disabled={isPending}>
          Try
        </Button>
      </form>
      {why && <FormMessage kind="error">{why}</FormMessage>}
      {decision && <DecisionView decision={decision} />}
    </div>
  );
}
