"use client";

import { Plus } from "lucide-react";
import { type ReactNode, useState } from "react";
import { FormMessage } from "@/components/form/field";
import { EscalationForm } from "@/components/notifications/escalation-form";
import {
  describeStep,
  type EscalationTargets,
  escalationSubjectLabels,
} from "@/components/notifications/labels";
import { ConfirmButton } from "@/components/settings/confirm-button";
import { Badge, Row } from "@/components/settings/row";
import { Rows } from "@/components/settings/section";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { sendJson } from "@/lib/http/client";
import type { StoredEscalationPolicy } from "@/lib/notifications/escalation";
import { describeTime } from "@/lib/routing/describe-routing";

interface EscalationListProps {
  policies: readonly StoredEscalationPolicy[];
  targets: EscalationTargets;
}

/** All escalation policies, with controls to add, edit, switch and delete them. */
export function EscalationList({ policies, targets }: EscalationListProps) {
  const [open, setOpen] = useState<string | null>(null);
  const close = () => setOpen(null);
  const form = (policy: StoredEscalationPolicy | null) => (
    <EscalationForm policy={policy} targets={targets} onDone={close} />
  );
  return (
    <div className="grid min-w-0 gap-4">
      <Rows label="Escalation policies" empty="No policies. Each channel follows its own settings.">
        {policies.map((policy) => (
          <PolicyRow
            key={policy.id}
            policy={policy}
            targets={targets}
            onEdit={() => setOpen(open === policy.id ? null : policy.id)}
          >
            {open === policy.id && form(policy)}
          </PolicyRow>
        ))}
      </Rows>
      {open !== "new" && (
        <Button onClick={() => setOpen("new")} className="justify-self-start">
          <Plus aria-hidden />
          Add policy
        </Button>
      )}
      {open === "new" && (
        <div className="min-w-0 rounded-lg border border-line bg-surface p-4">{form(null)}</div>
      )}
    </div>
  );
}

interface PolicyRowProps {
  policy: StoredEscalationPolicy;
  targets: EscalationTargets;
  onEdit: () => void;
  /** The form, while it is open. */
  children: ReactNode;
}

function PolicyRow({ policy, targets, onEdit, children }: PolicyRowProps) {
  const { id, name, isEnabled, subjects, hours, steps } = policy;
  const { isPending, problem, run } = useChange();
  const path = `/api/escalation-policies/${id}`;
  return (
    <Row
      title={
        <>
          <span dir="auto">{name}</span>
          {!isEnabled && <Badge>Off</Badge>}
        </>
      }
      facts={
        <>
          {subjects.map((subject) => escalationSubjectLabels[subject]).join(", ")}
          {hours && ` · ${describeTime(hours)}`}
          {steps.map((step) => ` · ${describeStep(step, targets)}`)}
        </>
      }
      actions={
        <>
          <Button
            size="small"
            disabled={isPending}
            onClick={() => run(() => sendJson("PATCH", path, { isEnabled: !isEnabled }))}
          >
            {isEnabled ? "Turn off" : "Turn on"}
            <span className="sr-only">{name}</span>
          </Button>
          <Button size="small" onClick={onEdit}>
            Edit
            <span className="sr-only">{name}</span>
          </Button>
          <ConfirmButton
            verb="Delete"
            title={`Delete “${name}”?`}
            disabled={isPending}
            onConfirm={() => run(() => sendJson("DELETE", path))}
          >
            Alerts it is escalating are not escalated further.
          </ConfirmButton>
        </>
      }
    >
      {problem && <FormMessage kind="error">{problem}</FormMessage>}
      {children}
    </Row>
  );
}
