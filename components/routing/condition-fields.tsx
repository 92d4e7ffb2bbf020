"use client";

import { useState } from "react";
import { Check } from "@/components/form/check";
import { Field } from "@/components/form/field";
import { TextArea } from "@/components/form/text-area";
import { ContextFields } from "@/components/routing/context-fields";
import { TimeFields } from "@/components/routing/time-fields";
import type { Conditions } from "@/lib/routing/routing";

/** When a rule matches. Whatever is left empty is not asked about. */
export function ConditionFields({ when }: { when: Conditions | null }) {
  const [isTimed, setTimed] = useState(when?.time != null);
  return (
    <>
      <Field
        label="Called numbers"
        name="called"
        placeholder="any"
        autoComplete="off"
        defaultValue={when?.called.join(", ")}
        hint="Numbers, SIP addresses or Vapi's ids of them, with commas between."
      />
      <div className="grid items-start gap-3 sm:grid-cols-2">
        <TextArea
          label="Callers"
          name="numbers"
          rows={2}
          placeholder="any"
          defaultValue={when?.callers.numbers.join(", ")}
          hint="Whole numbers, with commas or line breaks between."
        />
        <TextArea
          label="Callers whose number begins with"
          name="prefixes"
          rows={2}
          placeholder="any"
          defaultValue={when?.callers.prefixes.join(", ")}
          hint="With the country code: +4930. Either of the two is enough."
        />
      </div>
      <div className="grid items-start gap-3 sm:grid-cols-2">
        <Field
          label="Countries"
          name="countries"
          placeholder="any"
          autoComplete="off"
          defaultValue={when?.countries.join(", ")}
          hint="Of the caller's number, two letters each: DE, AT."
        />
        <Check
          name="isWithheld"
          label="Callers who show no number, too"
          defaultChecked={when?.callers.isWithheld ?? false}
        />
      </div>
      <Check
        name="isTimed"
        label="Only at certain times"
        checked={isTimed}
        onChange={({ currentTarget }) => setTimed(currentTarget.checked)}
      />
      {isTimed && <TimeFields time={when?.time ?? null} />}
      <ContextFields fields={when?.fields ?? []} />
    </>
  );
}
