"use client";

import { Choice } from "@/components/form/choice";
import { FormMessage } from "@/components/form/field";
import { useChange } from "@/components/settings/use-change";
import type { Requirement } from "@/lib/auth/second-factor";
import { sendJson } from "@/lib/http/client";

const options = [
  { value: "nobody", label: "No one" },
  { value: "admins", label: "Admins" },
  { value: "everybody", label: "Everyone" },
] as const satisfies { value: Requirement["requiredOf"]; label: string }[];

/** Who must have a second factor. */
export function RequirementForm({ requiredOf }: Requirement) {
  const { isPending, problem, run } = useChange();
  return (
    <div className="grid max-w-sm gap-3">
      <Choice
        label="Required for"
        options={options}
        value={requiredOf}
        disabled={isPending}
        onChange={(chosen) => run(() => sendJson("PUT", "/api/second-factor", { requiredOf: chosen }))}
      />
      {problem && <FormMessage kind="error">{problem}</FormMessage>}
    </div>
  );
}
