"use client";

import { useState } from "react";
import { Field, FormMessage } from "@/components/form/field";
import { readFields, takeFields } from "@/components/form/read-fields";
import { ResourceField } from "@/components/form/resource-field";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { sendJson } from "@/lib/http/client";
import type { TransferDefaults } from "@/lib/routing/routing";

/** Where calls are transferred if no other rule applies. */
export function TransferDefaultsForm({ defaults }: { defaults: TransferDefaults }) {
  const { isPending, problem, run } = useChange();
  const [isSaved, setSaved] = useState(false);

  function save(form: FormData) {
    const { transferTo, handoffTo } = readFields(form, "transferTo", "handoffTo");
    setSaved(false);
    run(
      () =>
        sendJson("PUT", "/api/dialing/transfers", {
          transferTo: transferTo || null,
          handoffTo: handoffTo || null,
        }),
      () => setSaved(true),
    );
  }

  return (
    <form key={JSON.stringify(defaults)} onSubmit={takeFields(save)} className="grid gap-3">
      <div className="grid gap-3 sm:grid-cols-2">
        <Field
          label="Transfer to"
          name="transferTo"
          defaultValue={defaults.transferTo ?? ""}
          maxLength={200}
          autoComplete="off"
          placeholder="Number, SIP address or assistant"
          hint="Leave empty for none."
        />
        <ResourceField
          kind="assistants"
          label="Hand off to"
          name="handoffTo"
          defaultValue={defaults.handoffTo ?? ""}
          hint="An assistant. Leave empty for none."
        />
      </div>
      {problem && <FormMessage kind="error">{problem}</FormMessage>}
      {isSaved && !problem && <FormMessage kind="done">Saved. Applies from the next transfer.</FormMessage>}
      <Button type="submit" variant="primary" disabled={isPending} className="h-10 justify-self-start">
        Save destinations
      </Button>
    </form>
  );
}
