"use client";

import { CircleCheck, CircleX } from "lucide-react";
import { useState, useTransition } from "react";
import * as z from "zod";
import { Field, FormMessage } from "@/components/form/field";
import { readFields, takeFields } from "@/components/form/read-fields";
import { Button } from "@/components/ui/button";
import { sendJson } from "@/lib/http/client";

const verdictSchema = z.object({ eligible: z.boolean(), reason: z.string() });

/** Checks whether a number may be dialled, now or at another time, and names the rule that decides. */
export function DialingCheck() {
  const [isPending, start] = useTransition();
  const [verdict, setVerdict] = useState<z.infer<typeof verdictSchema> | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  const check = (form: FormData) =>
    start(async () => {
      const { number, at } = readFields(form, "number", "at");
      const when = at === "" ? {} : { at: new Date(at).toISOString() };
      const sent = await sendJson("POST", "/api/dialing/check", { number, ...when });
      setProblem(sent.ok ? null : sent.why);
      setVerdict(sent.ok ? verdictSchema.parse(sent.value) : null);
    });

  return (
    <div className="grid gap-3">
      <form onSubmit={takeFields(check)} className="grid items-start gap-3 sm:grid-cols-2">
        <Field
          label="Number"
          name="number"
          type="tel"
          required
          placeholder="+1 555 010 0130"
          autoComplete="off"
        />
        <Field label="At" name="at" type="datetime-local" hint="In your time zone. Leave empty for now." />
        <Button type="submit" variant="primary" disabled={isPending} className="h-10 justify-self-start">
          Check
        </Button>
      </form>
      {problem && <FormMessage kind="error">{problem}</FormMessage>}
      <div role="status">{verdict && <Verdict {...verdict} />}</div>
    </div>
  );
}

function Verdict({ eligible, reason }: z.infer<typeof verdictSchema>) {
  const Icon = eligible ? CircleCheck : CircleX;
  return (
    <p className={`flex items-start gap-2 ${eligible ? "text-success" : "text-danger"}`}>
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span>
        <span className="font-medium">{eligible ? "Can be dialed." : "Blocked."}</span> {reason}
      </span>
    </p>
  );
}
