"use client";

import { useState } from "react";
import * as z from "zod";
import { FormMessage, TextArea } from "@/components/form/field";
import { readFields, takeFields } from "@/components/form/read-fields";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { sendJson } from "@/lib/http/client";

const blockResultSchema = z.object({ added: z.number(), known: z.number(), refused: z.array(z.string()) });

type BlockResult = z.infer<typeof blockResultSchema>;

/** Adds pasted numbers to the do-not-call list. */
export function BlockForm() {
  const { isPending, problem, run } = useChange();
  const [result, setResult] = useState<BlockResult | null>(null);
  const [times, setTimes] = useState(0);

  function block(form: FormData) {
    const numbers = readFields(form, "numbers")
      .numbers.split(/[\n,;]+/)
      .map((number) => number.trim());
    run(
      () => sendJson("POST", "/api/dialing/do-not-call", { numbers: numbers.filter(Boolean) }),
      (value) => {
        setResult(blockResultSchema.parse(value));
        setTimes(times + 1);
      },
    );
  }

  return (
    <form key={times} onSubmit={takeFields(block)} className="grid gap-3">
      <TextArea
        label="Numbers that must not be called"
        name="numbers"
        rows={3}
        required
        placeholder={"+1 555 010 0130\n+44 20 7946 0000"}
        hint="With country code, one per line; up to 5,000 at once."
      />
      {problem && <FormMessage kind="error">{problem}</FormMessage>}
      {result && !problem && (
        <FormMessage kind={result.refused.length > 0 ? "error" : "done"}>
          {describeResult(result)}
        </FormMessage>
      )}
      <Button type="submit" variant="primary" disabled={isPending} className="h-10 justify-self-start">
        Add
      </Button>
    </form>
  );
}

function describeResult({ added, known, refused }: BlockResult): string {
  const parts = [`${added} added`, known > 0 && `${known} already listed`];
  const odd = refused.length > 0 && `not valid: ${refused.slice(0, 10).join(", ")}`;
  return `${[...parts, odd].filter(Boolean).join("; ")}.`;
}
