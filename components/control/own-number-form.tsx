"use client";

import { useState } from "react";
import { Field, FormMessage } from "@/components/form/field";
import { readFields, takeFields } from "@/components/form/read-fields";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { sendJson } from "@/lib/http/client";

/** The phone that Take over rings. */
export function OwnNumberForm({ number }: { number: string | null }) {
  const { isPending, problem, run } = useChange();
  const [isSaved, setSaved] = useState(false);

  function save(form: FormData) {
    const text = readFields(form, "number").number.replace(/[\s().-]/g, "");
    setSaved(false);
    run(
      () => sendJson("PUT", "/api/account/number", { number: text || null }),
      () => setSaved(true),
    );
  }

  return (
    <form key={number} onSubmit={takeFields(save)} className="grid max-w-sm gap-3">
      <Field
        label="Number"
        name="number"
        type="tel"
        autoComplete="tel"
        defaultValue={number ?? ""}
        placeholder="+15550100123"
        hint="With the country code. Leave empty to remove it."
      />
      {problem && <FormMessage kind="error">{problem}</FormMessage>}
      {isSaved && !problem && <FormMessage kind="done">Saved.</FormMessage>}
      <Button type="submit" variant="primary" disabled={isPending} className="h-10 justify-self-start">
        Save number
      </Button>
    </form>
  );
}
