"use client";

import { LocalTime } from "@/components/clock/local-time";
import { FormMessage } from "@/components/form/field";
import { Badge, Row } from "@/components/settings/row";
import { Rows, Section } from "@/components/settings/section";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { sendJson } from "@/lib/http/client";
import { type Issue, type IssueAction, issueEvidence, issueTitle } from "@/lib/issues/issue";

/** Unresolved issues raised by Vapi's own monitoring; renders nothing if there are none. */
export function IssueList({ issues, canAct }: { issues: readonly Issue[]; canAct: boolean }) {
  if (issues.length === 0) return null;
  return (
    <div className="border-line border-b p-4">
      <Section title="Vapi issues" about="Raised by monitors in your Vapi account.">
        <Rows label="Vapi issues" empty="">
          {issues.map((issue) => (
            <IssueRow key={issue.id} issue={issue} canAct={canAct} />
          ))}
        </Rows>
      </Section>
    </div>
  );
}

const callsShown = 5;

function IssueRow({ issue, canAct }: { issue: Issue; canAct: boolean }) {
  const { id, severity, callIds, createdAt, acknowledged } = issue;
  const { isPending, problem, run } = useChange();
  const act = (kind: IssueAction) =>
    run(() => sendJson("POST", `/api/issues/${encodeURIComponent(id)}/${kind}`));
  return (
    <Row
      title={
        <>
          <span dir="auto">{issueTitle(issue)}</span>
          {severity && <Badge>{severity}</Badge>}
          {acknowledged && <Badge>{`Acknowledged by ${acknowledged.by}`}</Badge>}
        </>
      }
      facts={
        <>
          {issueEvidence(issue)} · since <LocalTime at={createdAt} />
          {callIds.slice(0, callsShown).map((callId, index) => (
            <span key={callId}>
              {" · "}
              <Link href={`/calls/${encodeURIComponent(callId)}`} className="underline">
                Call {index + 1}
              </Link>
            </span>
          ))}
          {callIds.length > callsShown && ` · ${callIds.length - callsShown} more`}
          {" · "}
          <a href="https://dashboard.vapi.ai" rel="noreferrer" target="_blank" className="underline">
            Vapi dashboard
          </a>
        </>
      }
      actions={
        canAct && (
          <>
            {!acknowledged && (
              <Button size="small" disabled={isPending} onClick={() => act("acknowledge")}>
                Acknowledge
              </Button>
            )}
            <Button size="small" disabled={isPending} onClick={() => act("resolve")}>
              Resolve
            </Button>
          </>
        )
      }
    >
      {problem && <FormMessage kind="error">{problem}</FormMessage>}
    </Row>
  );
}
