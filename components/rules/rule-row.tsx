"use client";

import type { ReactNode } from "react";
import { LocalTime } from "@/components/clock/local-time";
import { FormMessage } from "@/components/form/field";
import type { Tested } from "@/components/rules/backtest-result";
import { BacktestResult } from "@/components/rules/backtest-result";
import { ConfirmButton } from "@/components/settings/confirm-button";
import { Badge, Row } from "@/components/settings/row";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { formatCount } from "@/lib/format";
import { sendJson } from "@/lib/http/client";
import { describeCondition } from "@/lib/rules/conditions";
import { describeActions, hasLiveActions } from "@/lib/rules/draft";
import type { StoredRule } from "@/lib/rules/rule";

interface RuleRowProps {
  rule: StoredRule;
  canEdit: boolean;
  /** Its back-test; null if another rule was tested last. */
  tested: Tested | null;
  onTest: () => void;
  onEdit: () => void;
  /** The form, while it is open. */
  children: ReactNode;
}

const severityLabels = { info: "Info", warning: "Warning", critical: "Critical" } as const;

/** One rule: when it fires, what it does, how often it fired. */
export function RuleRow({ rule, canEdit, tested, onTest, onEdit, children }: RuleRowProps) {
  const { isPending, problem, run } = useChange();
  const path = `/api/alert-rules/${rule.id}`;
  const patch = (change: object) => run(() => sendJson("PATCH", path, change));
  return (
    <Row
      title={
        <>
          <span dir="auto">{rule.name}</span>
          <Badge>{severityLabels[rule.severity]}</Badge>
          {!rule.enabled && <Badge>Off</Badge>}
        </>
      }
      facts={
        <>
          <span dir="auto">
            When {describeCondition(rule.when)}: {describeActions(rule.do)}.
          </span>{" "}
          <Fired rule={rule} />
        </>
      }
      actions={
        canEdit && (
          <>
            <Button size="small" disabled={isPending} onClick={() => patch({ enabled: !rule.enabled })}>
              {rule.enabled ? "Turn off" : "Turn on"}
              <span className="sr-only">{rule.name}</span>
            </Button>
            <Button size="small" disabled={tested?.isPending ?? false} onClick={onTest}>
              Back-test
              <span className="sr-only">{rule.name}</span>
            </Button>
            <Button size="small" onClick={onEdit}>
              Edit
              <span className="sr-only">{rule.name}</span>
            </Button>
            <ConfirmButton
              verb="Delete"
              title={`Delete “${rule.name}”?`}
              disabled={isPending}
              onConfirm={() => run(() => sendJson("DELETE", path))}
            >
              It stops firing. Alerts it has raised stay in the history.
            </ConfirmButton>
          </>
        )
      }
    >
      {problem && <FormMessage kind="error">{problem}</FormMessage>}
      {children}
      {tested && <BacktestResult {...tested} />}
      {canEdit && hasLiveActions(rule) && (
        <LiveActions rule={rule} isPending={isPending} onSwitch={(liveActions) => patch({ liveActions })} />
      )}
    </Row>
  );
}

function Fired({ rule: { firings, lastFiredAt } }: { rule: StoredRule }) {
  if (firings === 0 || lastFiredAt === null) return "Has not fired in 30 days.";
  return (
    <>
      Fired {formatCount(firings, "time")} in 30 days, last <LocalTime at={lastFiredAt} />.
    </>
  );
}

interface LiveActionsProps {
  rule: StoredRule;
  isPending: boolean;
  onSwitch: (isOn: boolean) => void;
}

/** Whether the rule's say, transfer and end actions affect live calls. */
function LiveActions({ rule, isPending, onSwitch }: LiveActionsProps) {
  if (rule.testedAt === null)
    return <p className="text-muted text-xs">Live actions are off. Back-test the rule to turn them on.</p>;
  return (
    <div className="flex flex-wrap items-center gap-2 text-muted text-xs">
      <span>Live actions are {rule.liveActions ? "on" : "off"}.</span>
      {rule.liveActions ? (
        <Button size="small" disabled={isPending} onClick={() => onSwitch(false)}>
          Turn off live actions
        </Button>
      ) : (
        <ConfirmButton
          verb="Turn on live actions"
          title={`Let “${rule.name}” act on live calls?`}
          disabled={isPending}
          onConfirm={() => onSwitch(true)}
        >
          {`Each time it fires: ${describeActions(rule.do)}. Callers hear it.`}
        </ConfirmButton>
      )}
    </div>
  );
}
