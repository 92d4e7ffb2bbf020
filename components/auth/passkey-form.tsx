"use client";

import { useState } from "react";
import { Field, FormMessage } from "@/components/form/field";
import { readFields, takeFields } from "@/components/form/read-fields";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { addPasskey } from "@/lib/auth/client/passkeys";

/** Adds a named passkey. */
export function PasskeyForm({ onDone }: { onDone?: () => void }) {
  const { isPending, problem, run } = useChange();
  const [added, setAdded] = useState(0);
  const add = (form: FormData) =>
    run(
      () => addPasskey(readFields(form, "name").name),
      () => {
        setAdded(added + 1);
        onDone?.();
      },
    );
  return (
    <form key={added} onSubmit={takeFields(add)} className="grid max-w-sm gap-4">
      <Field
        label="Passkey name"
        name="name"
        autoComplete="off"
        maxLength={100}
        required
        hint="The device or password manager that stores it."
      />
      {problem && <FormMessage kind="error">{problem}</FormMessage>}
      <Button type="submit" className="h-10 justify-self-start" disabled={isPending}>
        Add passkey
      </Button>
    </form>
  );
}
