"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Check } from "@/components/form/check";
import { FormMessage } from "@/components/form/form-message";
import { takeFields } from "@/components/form/take-fields";
import { useChange } from "@/components/settings/use-change";
import { EndpointFields } from "@/components/tools/endpoint-fields";
import { readEndpointForm } from "@/components/tools/read-endpoint-form";
import { Button } from "@/components/ui/button";
import { sendJson } from "@/lib/http/client";
import type { Endpoint } from "@/lib/tools/endpoints/endpoint";

/** Makes an endpoint, or changes one. */
export function EndpointForm({ endpoint }: { endpoint: Endpoint | null }) {
  const router = useRouter();
  const { isPending, refusal, run } = useChange();
  const [mistake, setMistake] = useState<string | null>(null);

  function save(form: FormData) {
    const read = readEndpointForm(form);
    setMistake("mistake" in read ? read.mistake : null);
    if ("mistake" in read) return;
    const name = String(form.get("name"));
    run(
      () =>
        endpoint
          ? sendJson("PUT", `/api/tools/endpoints/${endpoint.id}`, read.body)
          : sendJson("POST", "/api/tools/endpoints", read.body),
      () => {
        if (endpoint?.name !== name) router.push(`/settings/tools/${encodeURIComponent(name)}`);
      },
    );
  }

  return (
    <form onSubmit={takeFields(save)} className="grid gap-3">
      <EndpointFields endpoint={endpoint} />
      <Check label="Assistants may call it" name="isEnabled" defaultChecked={endpoint?.isEnabled ?? true} />
      {(mistake ?? refusal) && <FormMessage kind="refused">{mistake ?? refusal ?? ""}</FormMessage>}
      <Button type="submit" look="primary" disabled={isPending} className="justify-self-start">
        {endpoint ? "Save" : "Add endpoint"}
      </Button>
    </form>
  );
}
