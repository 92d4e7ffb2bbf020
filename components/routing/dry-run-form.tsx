"use client";

import { useState, useTransition } from "react";
import { Field } from "@/components/form/field";
import { FormMessage } from "@/components/form/form-message";
import { readFields } from "@/components/form/read-fields";
import { takeFields } from "@/components/form/take-fields";
import { DecisionView } from "@/components/routing/decision-view";
import { ZoneField } from "@/components/routing/zone-field";
import { Button } from "@/components/ui/button";
import { sendJson } from "@/lib/http/client";
import { type ShownDecision, shownDecisionSchema } from "@/lib/routing/request";

/** Asks who would take a call. `local`: what the clock shows to begin with, like 2026-03-29T09:30. */
export function DryRunForm({ local }: { local: string }) {
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
          <Field label="Caller" name="caller" placeholder="withheld" autoComplete="off" />
          <Field label="Called number" name="called" placeholder="not known" autoComplete="off" />
          <Field label="Time" name="local" type="datetime-local" required defaultValue={local} />
          <ZoneField label="Zone" name="zone" zone={null} />
        </div>
        <Field
          label="Conversation"
          name="conversationUuid"
          placeholder="none"
          autoComplete="off"
          spellCheck={false}
          hint="Its UUID: its context and its own answer count, too."
        />
        <Button type="submit" look="primary" className="justify-self-start" disabled={isPending}>
          Try
        </Button>
      </form>
      {why && <FormMessage kind="refused">{why}</FormMessage>}
      {decision && <DecisionView decision={decision} />}
    </div>
  );
}
