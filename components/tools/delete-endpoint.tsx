"use client";

import { useRouter } from "next/navigation";
import { FormMessage } from "@/components/form/field";
import { ConfirmButton } from "@/components/settings/confirm-button";
import { useChange } from "@/components/settings/use-change";
import { sendJson } from "@/lib/http/client";

export function DeleteEndpoint({ id, name }: { id: string; name: string }) {
  const router = useRouter();
  const { isPending, problem, run } = useChange();
  const remove = () =>
    run(
      () => sendJson("DELETE", `/api/tools/endpoints/${id}`),
      () => router.push("/settings/tools"),
    );
  return (
    <div className="grid justify-items-start gap-2">
      <ConfirmButton verb="Delete" title={`Delete “${name}”?`} disabled={isPending} onConfirm={remove}>
        Assistants that still call it get an error. Its secrets are deleted.
      </ConfirmButton>
      {problem && <FormMessage kind="error">{problem}</FormMessage>}
    </div>
  );
}
