"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Field, FormMessage } from "@/components/form/field";
import { readFields, takeFields } from "@/components/form/read-fields";
import { ConfirmButton } from "@/components/settings/confirm-button";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { connectQuery } from "@/lib/connect/queries";
import { sendJson } from "@/lib/http/client";
import type { KeyState } from "@/lib/vapi/key";

/** Shows where Vapi's API key comes from, saves one and removes it. A saved key is never shown again. */
export function KeyForm({ state: { source, hint, isReadable } }: { state: KeyState }) {
  const client = useQueryClient();
  const { isPending, problem, run } = useChange();
  const reload = () => client.invalidateQueries({ queryKey: connectQuery.queryKey });

  if (source === "environment") {
    return (
      <p>
        Set by <code className="font-mono text-xs">VAPI_API_KEY</code> in the environment, ending in{" "}
        <code className="font-mono text-xs">{hint}</code>. Change it there.
      </p>
    );
  }
  return (
    <div className="grid gap-3">
      {source === "saved" && (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <p>
            Saved, ending in <code className="font-mono text-xs">{hint}</code>.
          </p>
          <ConfirmButton
            verb="Remove key"
            title="Remove the API key?"
            disabled={isPending}
            onConfirm={() => run(() => sendJson("DELETE", "/api/connect/key"), reload)}
          >
            Connected assistants keep sending events. Earshot no longer notices changes in Vapi.
          </ConfirmButton>
        </div>
      )}
      {!isReadable && (
        <FormMessage kind="error">
          The saved key cannot be read: BETTER_AUTH_SECRET has changed. Save it again.
        </FormMessage>
      )}
      <form
        key={hint}
        onSubmit={takeFields((form) =>
          run(() => sendJson("PUT", "/api/connect/key", readFields(form, "key")), reload),
        )}
        className="grid items-start gap-3 sm:grid-cols-[minmax(0,28rem)_auto]"
      >
        <Field
          label={source === "saved" ? "New private key" : "Private key"}
          name="key"
          type="password"
          autoComplete="off"
          required
          hint="In Vapi’s dashboard under API Keys. It is stored encrypted and never shown again."
        />
        <Button
          type="submit"
          variant={source === "saved" ? "plain" : "primary"}
          className="h-10 justify-self-start sm:mt-[1.625rem]"
          disabled={isPending}
        >
          {isPending ? "Checking with Vapi…" : "Save key"}
        </Button>
      </form>
      {problem && <FormMessage kind="error">{problem}</FormMessage>}
    </div>
  );
}
