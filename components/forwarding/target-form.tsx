"use client";

import { useState } from "react";
import * as z from "zod";
import { FormMessage } from "@/components/form/field";
import { takeFields } from "@/components/form/read-fields";
import { readTargetForm, TargetFields } from "@/components/forwarding/target-fields";
import { ShownOnce } from "@/components/settings/shown-once";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { sendJson } from "@/lib/http/client";

const answerSchema = z.object({ key: z.string() });

/** Adds a forwarding target, then shows the key that signs its requests. */
export function TargetForm({ types }: { types: readonly string[] }) {
  const { isPending, problem, run } = useChange();
  const [key, setKey] = useState<string | null>(null);

  const create = (form: FormData) =>
    run(
      () => sendJson("POST", "/api/forwarding-targets", readTargetForm(form)),
      (value) => setKey(answerSchema.parse(value).key),
    );

  return (
    <div className="grid gap-3">
      {/* A new signing key remounts the form, which empties it. */}
      <form key={key} onSubmit={takeFields(create)} className="grid gap-3">
        <TargetFields target={null} types={types} />
        {problem && <FormMessage kind="error">{problem}</FormMessage>}
        <Button type="submit" variant="primary" disabled={isPending} className="justify-self-start">
          Add target
        </Button>
      </form>
      {key && <SigningKey secret={key} />}
    </div>
  );
}

/** A target's signing key, shown only once. */
export function SigningKey({ secret }: { secret: string }) {
  return (
    <ShownOnce what="signing key" secret={secret}>
      Each request is signed with this key (Standard Webhooks). It is not shown again.
    </ShownOnce>
  );
}
