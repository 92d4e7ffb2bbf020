"use client";

import { Check } from "@/components/form/check";
import { Field } from "@/components/form/field";
import { ZoneField } from "@/components/routing/zone-field";
import type { TimeWindow } from "@/lib/routing/routing";

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
          hint="Earlier than from: over midnight. The same: all day."
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
