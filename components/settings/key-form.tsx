"use client";

import { useState } from "react";
import * as z from "zod";
import { Choice } from "@/components/form/choice";
import { Field, FormMessage } from "@/components/form/field";
import { readFields, takeFields } from "@/components/form/read-fields";
import { roleOptions } from "@/components/settings/role-options";
import { ShownOnce } from "@/components/settings/shown-once";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { sendJson } from "@/lib/http/client";

const answerSchema = z.object({ key: z.string() });

const lifetimes = [
  { value: "30", label: "30 days" },
  { value: "90", label: "90 days" },
  { value: "365", label: "one year" },
  { value: "", label: "until revoked" },
] as const;

/** Creates an API key and shows it. */
export function KeyForm() {
  const { isPending, problem, run } = useChange();
  const [key, setKey] = useState<string | null>(null);

  function create(form: FormData) {
    const { name, role, days } = readFields(form, "name", "role", "days");
    const expiresInDays = days === "" ? null : Number(days);
    run(
      () => sendJson("POST", "/api/keys", { name, role, expiresInDays }),
      (value) => setKey(answerSchema.parse(value).key),
    );
  }

  return (
    <div className="grid gap-3">
      <form
        key={key}
        onSubmit={takeFields(create)}
        className="grid items-end gap-3 sm:grid-cols-2 lg:grid-cols-[1fr_20rem_9rem_auto]"
      >
        <Field label="Name" name="name" autoComplete="off" required maxLength={100} />
        <Choice label="Role" name="role" options={roleOptions} defaultValue="viewer" />
        <Choice label="Valid for" name="days" options={lifetimes} defaultValue="90" />
        <Button type="submit" variant="primary" className="h-10" disabled={isPending}>
          Create
        </Button>
      </form>
      {problem && <FormMessage kind="error">{problem}</FormMessage>}
      {key && (
        <ShownOnce what="API key" secret={key}>
          Store this key where your script can read it. It is not shown again.
        </ShownOnce>
      )}
    </div>
  );
}
