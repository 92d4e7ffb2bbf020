"use client";

import { useState } from "react";
import { Check, Field, FormMessage, TextArea } from "@/components/form/field";
import { readFields, takeFields } from "@/components/form/read-fields";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import type { DialingRules } from "@/lib/dialing/rules";
import { sendJson } from "@/lib/http/client";

/** Parses lines like `+1212 America/New_York` into prefixes and zones; the server validates them. */
export function readZoneLines(text: string): { prefix: string; zone: string }[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) => {
      const [prefix = "", ...zone] = line.split(/\s+/);
      return { prefix, zone: zone.join("_") };
    });
}

const days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/** On which days and at which hours campaigns may dial. */
export function DialingRulesForm({ rules }: { rules: DialingRules }) {
  const { isPending, problem, run } = useChange();
  const [isSaved, setSaved] = useState(false);

  function save(form: FormData) {
    const { from, to, zones } = readFields(form, "from", "to", "zones");
    const weekdays = form.getAll("weekday").map(Number);
    setSaved(false);
    run(
      () => sendJson("PUT", "/api/dialing/rules", { weekdays, from, to, zones: readZoneLines(zones) }),
      () => setSaved(true),
    );
  }

  return (
    <form key={JSON.stringify(rules)} onSubmit={takeFields(save)} className="grid gap-4">
      <fieldset className="grid gap-1">
        <legend className="font-medium text-sm">Days</legend>
        <div className="flex flex-wrap gap-x-5">
          {days.map((day, index) => (
            <Check
              key={day}
              label={day}
              name="weekday"
              value={index + 1}
              defaultChecked={rules.weekdays.includes(index + 1)}
            />
          ))}
        </div>
      </fieldset>
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label="From" name="from" type="time" required defaultValue={rules.from} />
        <Field label="Until" name="to" type="time" required defaultValue={rules.to} />
      </div>
      <TextArea
        label="Time zones by prefix"
        name="zones"
        rows={3}
        spellCheck={false}
        placeholder={"+1212 America/New_York\n+1808 Pacific/Honolulu"}
        defaultValue={rules.zones.map(({ prefix, zone }) => `${prefix} ${zone}`).join("\n")}
        hint="One per line, for countries with several zones. The longest prefix wins."
      />
      {problem && <FormMessage kind="error">{problem}</FormMessage>}
      {isSaved && !problem && <FormMessage kind="done">Saved. Applies from the next contact.</FormMessage>}
      <Button type="submit" variant="primary" disabled={isPending} className="h-10 justify-self-start">
        Save hours
      </Button>
    </form>
  );
}
