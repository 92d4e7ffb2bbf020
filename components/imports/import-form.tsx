"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Field, FormMessage } from "@/components/form/field";
import { readFields, takeFields } from "@/components/form/read-fields";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { sendJson } from "@/lib/http/client";
import { importsQuery } from "@/lib/imports/queries";

/** On most plans Vapi keeps calls for about this long. */
const usualDays = 13;

function daysBefore(day: string, days: number): string {
  return new Date(Date.parse(day) - days * 24 * 3_600_000).toISOString().slice(0, 10);
}

/** Selects the days to import, and starts the import. */
export function ImportForm({ today }: { today: string }) {
  const client = useQueryClient();
  const { isPending, problem, run } = useChange();
  const start = (form: FormData) =>
    run(
      () => sendJson("POST", "/api/imports", readFields(form, "from", "to")),
      () => client.invalidateQueries({ queryKey: importsQuery.queryKey }),
    );
  return (
    <form onSubmit={takeFields(start)} className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <div className="grid max-w-md grid-cols-2 gap-3">
        <Field
          label="First day"
          name="from"
          type="date"
          required
          max={today}
          defaultValue={daysBefore(today, usualDays)}
          hint="In UTC."
        />
        <Field label="Last day" name="to" type="date" required defaultValue={today} hint="Included." />
      </div>
      {problem && <FormMessage kind="error">{problem}</FormMessage>}
      <Button type="submit" variant="primary" disabled={isPending} className="justify-self-start">
        Start import
      </Button>
    </form>
  );
}
