"use client";

import { useState } from "react";
import * as z from "zod";
import { Field, FormMessage } from "@/components/form/field";
import { readFields, takeFields } from "@/components/form/read-fields";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { DialogFrame } from "@/components/ui/dialog-frame";
import type { Target } from "@/lib/forwarding/target";
import { sendJson } from "@/lib/http/client";

const answerSchema = z.object({ items: z.number() });

interface ReplayDialogProps {
  target: Target;
  /** Gets the number of items sent again; null if cancelled. */
  onClose: (items: number | null) => void;
}

/** Sends a period to a target again: counts the items first, and sends them after confirmation. */
export function ReplayDialog({ target, onClose }: ReplayDialogProps) {
  const { isPending, problem, run } = useChange();
  const [counted, setCounted] = useState<{ span: object; items: number } | null>(null);
  const path = `/api/forwarding-targets/${target.id}/replay`;

  function count(form: FormData) {
    const { from, to } = readFields(form, "from", "to");
    const span = { from: toIso(from), to: toIso(to) };
    run(
      () => sendJson("POST", path, span),
      (value) => setCounted({ span, items: answerSchema.parse(value).items }),
    );
  }

  const send = (span: object) =>
    run(
      () => sendJson("POST", path, { ...span, isConfirmed: true }),
      (value) => onClose(answerSchema.parse(value).items),
    );

  return (
    <DialogFrame title={`Send again to “${target.name}”`} onClose={() => onClose(null)}>
      <p className="text-muted">
        Sends everything received in this period again, with the same IDs. Receivers that check the ID ignore
        what they have.
      </p>
      <form onSubmit={takeFields(count)} onChange={() => setCounted(null)} className="grid gap-3">
        <Field label="From" name="from" type="datetime-local" step={1} required />
        <Field label="To" name="to" type="datetime-local" step={1} required />
        {problem && <FormMessage kind="error">{problem}</FormMessage>}
        {counted && <p role="status">{counted.items} items were received in this period.</p>}
        <div className="flex justify-end gap-2">
          <Button onClick={() => onClose(null)}>Cancel</Button>
          {counted && counted.items > 0 ? (
            <Button variant="primary" disabled={isPending} onClick={() => send(counted.span)}>
              Send {counted.items} again
            </Button>
          ) : (
            <Button type="submit" variant="primary" disabled={isPending}>
              Count
            </Button>
          )}
        </div>
      </form>
    </DialogFrame>
  );
}

/** Converts a local time for the API; an invalid one is passed on for the API to reject. */
function toIso(local: string): string {
  const at = new Date(local);
  return Number.isNaN(at.getTime()) ? local : at.toISOString();
}
