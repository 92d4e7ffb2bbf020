"use client";

import { useState } from "react";
import { Check, Field, FormMessage, TextArea } from "@/components/form/field";
import { readFields, takeFields } from "@/components/form/read-fields";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { formatMs } from "@/lib/format";
import { sendJson } from "@/lib/http/client";
import { readJson } from "@/lib/json-fault";
import { type Tried, triedSchema } from "@/lib/tools/tool";

interface RunFormProps {
  name: string;
  hasEffect: boolean;
  /** Initial arguments. */
  example: Record<string, unknown>;
}

/** Runs a tool with typed arguments. A tool that writes data runs dry unless that is switched off. */
export function RunForm({ name, hasEffect, example }: RunFormProps) {
  const { isPending, problem, run } = useChange();
  const [isDry, setIsDry] = useState(true);
  const [mistake, setMistake] = useState<string | null>(null);
  const [tried, setTried] = useState<Tried | null>(null);

  function send(form: FormData) {
    const fields = readFields(form, "args", "conversationId", "customerNumber");
    const { value: args, why } = readJson(fields.args);
    setTried(null);
    setMistake(why ? `Arguments: ${why}` : null);
    if (why) return;
    const about = {
      conversationId: fields.conversationId.trim() || null,
      customerNumber: fields.customerNumber.trim() || null,
    };
    run(
      () => sendJson("POST", `/api/tools/${encodeURIComponent(name)}/run`, { args, isDry, ...about }),
      (value) => setTried(triedSchema.parse(value)),
    );
  }

  const said = tried && (tried.error ?? tried.result);
  return (
    <form onSubmit={takeFields(send)} className="grid gap-3">
      <TextArea
        label="Arguments"
        name="args"
        isCode
        rows={5}
        defaultValue={JSON.stringify(example, null, 2)}
        hint="JSON, as the assistant would send them."
      />
      <div className="grid items-start gap-3 sm:grid-cols-2">
        <Field
          label="Conversation"
          name="conversationId"
          autoComplete="off"
          hint="UUID, if the tool needs a context."
        />
        <Field
          label="Caller's number"
          name="customerNumber"
          autoComplete="off"
          hint="The caller to simulate."
        />
      </div>
      {hasEffect && (
        <Check
          label="Dry run: only report what it would do"
          checked={isDry}
          onChange={({ target }) => setIsDry(target.checked)}
        />
      )}
      <Button
        type="submit"
        variant={hasEffect && !isDry ? "danger" : "primary"}
        disabled={isPending}
        className="justify-self-start"
      >
        {hasEffect && isDry ? "Dry run" : "Run"}
      </Button>
      {(mistake ?? problem) && <FormMessage kind="error">{mistake ?? problem ?? ""}</FormMessage>}
      {tried && said !== null && (
        <div className="grid gap-1">
          <FormMessage kind={tried.error === null ? "done" : "error"}>{said || "Empty answer"}</FormMessage>
          <p className="text-muted text-xs">Answered in {formatMs(tried.tookMs)}.</p>
        </div>
      )}
    </form>
  );
}
