"use client";

import { useQueryClient } from "@tanstack/react-query";
import { LocalTime } from "@/components/clock/local-time";
import { FieldDiff } from "@/components/connect/field-diff";
import { FormMessage } from "@/components/form/field";
import { ConfirmButton } from "@/components/settings/confirm-button";
import { Badge, Row } from "@/components/settings/row";
import { Rows } from "@/components/settings/section";
import { useChange } from "@/components/settings/use-change";
import { type Change, kindLabels } from "@/lib/connect/connection";
import { connectQuery } from "@/lib/connect/queries";
import { formatCount } from "@/lib/format";
import { sendJson } from "@/lib/http/client";

/** Changes made in Vapi, newest first, each with the value before. */
export function ChangeList({ changes }: { changes: readonly Change[] }) {
  return (
    <Rows label="Changes made in Vapi" empty="Nothing was changed.">
      {changes.map((change) => (
        <ChangeRow key={change.id} change={change} />
      ))}
    </Rows>
  );
}

function ChangeRow({ change }: { change: Change }) {
  const client = useQueryClient();
  const { isPending, problem, run } = useChange();
  const { id, name, kind, state, changes, appliedAt, appliedBy, restoredAt, restoredBy } = change;
  const restore = () =>
    run(
      () => sendJson("POST", `/api/connect/changes/${id}/restore`),
      () => client.invalidateQueries({ queryKey: connectQuery.queryKey }),
    );
  return (
    <Row
      title={
        <>
          <bdi>{name}</bdi>
          <Badge>{kindLabels[kind]}</Badge>
          {state === "restored" && <Badge>Restored</Badge>}
        </>
      }
      facts={
        <>
          <LocalTime at={appliedAt} /> by {appliedBy}
          {restoredAt && (
            <>
              {" "}
              · restored <LocalTime at={restoredAt} /> by {restoredBy}
            </>
          )}
        </>
      }
      actions={
        state !== "restored" && (
          <ConfirmButton verb="Restore" title={`Restore ${name}?`} disabled={isPending} onConfirm={restore}>
            Vapi gets the earlier values of these fields again. Events may stop arriving here.
          </ConfirmButton>
        )
      }
    >
      {problem && <FormMessage kind="error">{problem}</FormMessage>}
      <details>
        <summary className="w-fit cursor-pointer text-muted text-xs">
          {formatCount(changes.length, "field")}
        </summary>
        <div className="mt-2">
          <FieldDiff changes={changes} />
        </div>
      </details>
    </Row>
  );
}
