"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { FieldDiff } from "@/components/connect/field-diff";
import { sentence } from "@/components/connect/resource-row";
import { Choice } from "@/components/form/choice";
import { Check, FormMessage } from "@/components/form/field";
import { Button } from "@/components/ui/button";
import { DialogFrame } from "@/components/ui/dialog-frame";
import { type ApplyResult, applyAnswerSchema, type Connectable } from "@/lib/connect/connection";
import type { Fault } from "@/lib/connect/faults";
import { newCredentialId } from "@/lib/connect/needs";
import { connectQuery } from "@/lib/connect/queries";
import { sendJson } from "@/lib/http/client";
import { toChunks } from "@/lib/to-chunks";

/** Changes per request; few, so that progress is visible. */
const batchSize = 8;

const credentialOptions = [
  { value: "hmac", label: "HMAC: every event signed" },
  { value: "bearer", label: "Bearer token" },
] as const;

interface ReviewDialogProps {
  targets: readonly Connectable[];
  /** The credential that the changes set; null if one is created. */
  credential: string | null;
  /** Gets the results; an empty list if nothing was applied. */
  onClose: (results: readonly ApplyResult[]) => void;
}

const keyOf = (target: Connectable, fault: Pick<Fault, "kind">) =>
  `${target.kind}/${target.id}/${fault.kind}`;
const isOffered = ({ changes }: Pick<Fault, "changes">) => changes.length > 0;

/** Every field that would change in Vapi, selectable by fault, then applied. */
export function ReviewDialog({ targets, credential, onClose }: ReviewDialogProps) {
  const client = useQueryClient();
  const [left, setLeft] = useState<ReadonlySet<string>>(
    () =>
      new Set(
        targets.flatMap((each) =>
          each.faults.filter(({ isNote }) => isNote).map((fault) => keyOf(each, fault)),
        ),
      ),
  );
  const [kind, setKind] = useState<string>("hmac");
  const [progress, setProgress] = useState<number | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const isMade =
    credential === null &&
    targets.some((each) =>
      each.faults.some(
        (fault) => !left.has(keyOf(each, fault)) && JSON.stringify(fault.changes).includes(newCredentialId),
      ),
    );

  function toggle(key: string, isChosen: boolean) {
    const next = new Set(left);
    if (isChosen) next.delete(key);
    else next.add(key);
    setLeft(next);
  }

  async function apply() {
    setProblem(null);
    const done: ApplyResult[] = [];
    setProgress(0);
    for (const some of toChunks(targets, batchSize)) {
      const body = { credential: kind, targets: some.map((each) => toChosen(each, left)) };
      const sent = await sendJson("POST", "/api/connect/apply", body);
      if (!sent.ok) {
        setProblem(sent.why);
        setProgress(null);
        break;
      }
      done.push(...applyAnswerSchema.parse(sent.value).results);
      setProgress(done.length);
    }
    await client.invalidateQueries({ queryKey: connectQuery.queryKey });
    if (done.length === targets.length) onClose(done);
  }

  return (
    <DialogFrame title="Review changes" onClose={() => onClose([])}>
      <p className="text-muted">
        Only these fields change in Vapi. Earlier values are kept and can be restored.
      </p>
      <ul className="grid gap-4">
        {targets.map((each) => (
          <li key={`${each.kind}/${each.id}`} className="grid gap-2 border-line border-t pt-3">
            <h3 className="wrap-anywhere font-medium">
              <bdi>{each.name}</bdi>
            </h3>
            {!each.faults.some(isOffered) && (
              <p className="text-muted">No changes. Earshot watches it from now on.</p>
            )}
            {each.faults.filter(isOffered).map((fault) => (
              <div key={fault.kind} className="grid gap-1">
                <Check
                  label={<span className="wrap-anywhere">{sentence(fault.clause)}</span>}
                  checked={!left.has(keyOf(each, fault))}
                  onChange={(event) => toggle(keyOf(each, fault), event.target.checked)}
                />
                <FieldDiff changes={fault.changes} />
              </div>
            ))}
          </li>
        ))}
      </ul>
      {isMade && (
        <div className="grid gap-2 border-line border-t pt-3">
          <Choice label="New credential" options={credentialOptions} value={kind} onChange={setKind} />
          <p className="text-muted text-xs">
            Created in Vapi and here in one step. Its secret is never shown.
          </p>
        </div>
      )}
      {problem && <FormMessage kind="error">{problem}</FormMessage>}
      {/* The changes of many assistants make a long list; the buttons stay in view. */}
      <div className="sticky -bottom-5 -mx-5 -mb-5 flex justify-end gap-2 border-line border-t bg-surface px-5 py-3">
        <Button onClick={() => onClose([])} disabled={progress !== null}>
          Cancel
        </Button>
        <Button variant="primary" onClick={apply} disabled={progress !== null}>
          {progress === null ? "Apply" : `Applying ${progress} of ${targets.length}…`}
        </Button>
      </div>
    </DialogFrame>
  );
}

function toChosen(target: Connectable, left: ReadonlySet<string>) {
  const { kind, id, revision, faults } = target;
  const chosen = faults.filter((fault) => isOffered(fault) && !left.has(keyOf(target, fault)));
  return { kind, id, revision, faults: chosen.map((fault) => fault.kind) };
}
