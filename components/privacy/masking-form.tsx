"use client";

import { useState } from "react";
import { FormMessage } from "@/components/form/field";
import { takeFields } from "@/components/form/read-fields";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { sendJson } from "@/lib/http/client";
import {
  placeholders,
  type SensitiveKind,
  sensitiveKinds,
  sensitiveLabels,
} from "@/lib/rules/sensitive-data";

/** Selects the kinds of sensitive data to mask from now on. */
export function MaskingForm({ kinds }: { kinds: readonly SensitiveKind[] }) {
  const { isPending, problem, run } = useChange();
  const [chosen, setChosen] = useState<readonly SensitiveKind[]>(kinds);
  const [isSaved, setSaved] = useState(false);

  function choose(kind: SensitiveKind, isMasked: boolean) {
    setSaved(false);
    setChosen(isMasked ? [...chosen, kind] : chosen.filter((each) => each !== kind));
  }

  function save() {
    setSaved(false);
    run(
      () =>
        sendJson("PUT", "/api/privacy/masking", {
          kinds: sensitiveKinds.filter((kind) => chosen.includes(kind)),
        }),
      () => setSaved(true),
    );
  }

  return (
    <form onSubmit={takeFields(save)} className="grid gap-4">
      <fieldset className="grid gap-x-4 sm:grid-cols-2">
        <legend className="sr-only">Kinds to mask</legend>
        {sensitiveKinds.map((kind) => (
          <label key={kind} className="flex min-h-11 items-center gap-2">
            <input
              type="checkbox"
              checked={chosen.includes(kind)}
              onChange={({ target }) => choose(kind, target.checked)}
              className="size-4 shrink-0 accent-accent"
            />
            <span>
              {sensitiveLabels[kind]}{" "}
              <span className="text-muted text-sm">stored as {placeholders[kind]}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {problem && <FormMessage kind="error">{problem}</FormMessage>}
      {isSaved && !problem && (
        <FormMessage kind="done">Saved. Applies to new events within 30 s.</FormMessage>
      )}
      <Button type="submit" variant="primary" className="h-10 justify-self-start" disabled={isPending}>
        Save
      </Button>
    </form>
  );
}
