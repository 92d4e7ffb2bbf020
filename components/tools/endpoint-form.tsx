"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Check, FormMessage } from "@/components/form/field";
import { readFields, takeFields } from "@/components/form/read-fields";
import { useChange } from "@/components/settings/use-change";
import { EndpointFields } from "@/components/tools/endpoint-fields";
import { Button } from "@/components/ui/button";
import { sendJson } from "@/lib/http/client";
import { readJson } from "@/lib/json-fault";
import type { Endpoint } from "@/lib/tools/endpoints/endpoint";

/** The request body for the API, which validates it; or an error message if the form cannot be parsed. */
export function readEndpointForm(form: FormData): { body: object } | { mistake: string } {
  const texts = readFields(form, "name", "description", "effect", "method", "url", "sentence", "timeoutMs");
  const codes = readFields(form, "parameters", "body", "headers", "secrets");
  const parameters = readJson(codes.parameters);
  if (parameters.why) return { mistake: `Parameters: ${parameters.why}` };
  const body = readJson(codes.body.trim() || "null");
  if (body.why) return { mistake: `Body: ${body.why}` };
  const headers = readHeaders(codes.headers);
  const secrets = readHeaders(codes.secrets);
  if (!headers || !secrets) return { mistake: "Write one header per line, such as Accept-Language: en." };
  return {
    body: {
      ...texts,
      timeoutMs: Number(texts.timeoutMs),
      parameters: parameters.value,
      body: body.value,
      headers,
      ...(codes.secrets.trim() && { secrets }),
      isEnabled: form.get("isEnabled") !== null,
    },
  };
}

/** Parses lines like "Name: value". Null if a line has no colon. */
function readHeaders(text: string): Record<string, string> | null {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const pairs = lines.map((line): [name: string, value: string] => {
    const colon = line.indexOf(":");
    return [line.slice(0, Math.max(0, colon)).trim().toLowerCase(), line.slice(colon + 1).trim()];
  });
  return pairs.every(([name]) => /^\S+$/.test(name)) ? Object.fromEntries(pairs) : null;
}

/** Creates or edits an endpoint. */
export function EndpointForm({ endpoint }: { endpoint: Endpoint | null }) {
  const router = useRouter();
  const { isPending, problem, run } = useChange();
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
      <Check label="Available to assistants" name="isEnabled" defaultChecked={endpoint?.isEnabled ?? true} />
      {(mistake ?? problem) && <FormMessage kind="error">{mistake ?? problem ?? ""}</FormMessage>}
      <Button type="submit" variant="primary" disabled={isPending} className="justify-self-start">
        {endpoint ? "Save" : "Add endpoint"}
      </Button>
    </form>
  );
}
