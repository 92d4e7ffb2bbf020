"use client";

import { useState } from "react";
import { Check, Field, TextArea } from "@/components/form/field";
import { ContextFields } from "@/components/routing/context-fields";
import { ZoneField } from "@/components/routing/zone-field";
import type { TimeWindow } from "@/lib/routing/clock";
import type { Conditions } from "@/lib/routing/routing";

const days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const workdays = [1, 2, 3, 4, 5];

/** A window of local time on some weekdays. */
export function TimeFields({ time }: { time: TimeWindow | null }) {
  const weekdays = time?.weekdays ?? workdays;
  return (
    <div className="grid gap-3 rounded-md border border-line p-3">
      <div className="grid items-start gap-3 sm:grid-cols-3">
        <Field label="From" name="from" type="time" required defaultValue={time?.from ?? "09:00"} />
        <Field
          label="Until"
          name="to"
          type="time"
          required
          defaultValue={time?.to ?? "17:00"}
          hint="Earlier than “From”: past midnight. Same time: all day."
        />
        <ZoneField label="Time zone" name="zone" zone={time?.zone ?? null} />
      </div>
      <fieldset className="flex flex-wrap gap-x-4">
        <legend className="text-sm">On</legend>
        {days.map((day, index) => (
          <Check
            key={day}
            name="weekdays"
            value={index + 1}
            label={day}
            defaultChecked={weekdays.includes(index + 1)}
          />
        ))}
      </fieldset>
    </div>
  );
}

/** Conditions of a rule. Empty fields match everything. */
export function ConditionFields({ when }: { when: Conditions | null }) {
  const [isTimed, setTimed] = useState(when?.time != null);
  return (
    <>
      <Field
        label="Called numbers"
        name="called"
        placeholder="Any"
        autoComplete="off"
        defaultValue={when?.called.join(", ")}
        hint="Numbers, SIP addresses or their Vapi IDs, comma-separated."
      />
      <div className="grid items-start gap-3 sm:grid-cols-2">
        <TextArea
          label="Callers"
          name="numbers"
          rows={2}
          placeholder="Any"
          defaultValue={when?.callers.numbers.join(", ")}
          hint="Full numbers, separated by commas or line breaks."
        />
        <TextArea
          label="Caller number starts with"
          name="prefixes"
          rows={2}
          placeholder="Any"
          defaultValue={when?.callers.prefixes.join(", ")}
          hint="With the country code, such as +4930. Matching either field is enough."
        />
      </div>
      <div className="grid items-start gap-3 sm:grid-cols-2">
        <Field
          label="Countries"
          name="countries"
          placeholder="Any"
          autoComplete="off"
          defaultValue={when?.countries.join(", ")}
          hint="Of the caller's number, as two-letter codes: DE, AT."
        />
        <Check
          name="isWithheld"
          label="Include hidden numbers"
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
