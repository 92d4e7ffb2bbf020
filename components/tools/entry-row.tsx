"use client";

import { useState } from "react";
import { FormMessage } from "@/components/form/field";
import { ConfirmButton } from "@/components/settings/confirm-button";
import { Row } from "@/components/settings/row";
import { useChange } from "@/components/settings/use-change";
import { EntryForm } from "@/components/tools/entry-form";
import { Button } from "@/components/ui/button";
import type { DirectoryEntry } from "@/lib/directory/directory";
import { writeHours } from "@/lib/directory/directory";
import { sendJson } from "@/lib/http/client";

/** One team of the directory. */
export function EntryRow({ entry, canManage }: { entry: DirectoryEntry; canManage: boolean }) {
  const { isPending, problem, run } = useChange();
  const [isEditing, setIsEditing] = useState(false);
  const { id, team, address, extension, hours } = entry;
  const remove = () => run(() => sendJson("DELETE", `/api/tools/directory/${id}`));
  return (
    <Row
      title={team}
      facts={
        <>
          {address}
          {extension && `, extension ${extension}`} ·{" "}
          {hours ? `${writeHours(hours)} (${hours.zone})` : "any time"}
        </>
      }
      actions={
        canManage && (
          <>
            <Button size="small" aria-expanded={isEditing} onClick={() => setIsEditing(!isEditing)}>
              {isEditing ? "Cancel" : "Edit"}
            </Button>
            <ConfirmButton verb="Delete" title={`Delete “${team}”?`} disabled={isPending} onConfirm={remove}>
              Calls are no longer transferred there.
            </ConfirmButton>
          </>
        )
      }
    >
      {isEditing && <EntryForm entry={entry} onDone={() => setIsEditing(false)} />}
      {problem && <FormMessage kind="error">{problem}</FormMessage>}
    </Row>
  );
}
