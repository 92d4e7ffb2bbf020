"use client";

import { useState } from "react";
import { Field, FormMessage } from "@/components/form/field";
import { readFields, takeFields } from "@/components/form/read-fields";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { type DirectoryEntry, parseHours, writeHours } from "@/lib/directory/directory";
import { sendJson } from "@/lib/http/client";
import { ownZone } from "@/lib/zones";

/** The request body for the API, or an error message if the opening hours cannot be parsed. */
export function readEntryForm(form: FormData): { entry: object } | { mistake: string } {
  const fields = readFields(
    form,
    "team",
    "address",
    "extension",
    "message",
    "closedMessage",
    "hours",
    "zone",
  );
  const orNull = (text: string) => text.trim() || null;
  const zone = fields.zone.trim() || ownZone();
  const hours = fields.hours.trim() ? parseHours(fields.hours, zone) : null;
  if (typeof hours === "string") return { mistake: hours };
  const address = fields.address.trim();
  return {
    entry: {
      kind: /^sips?:/.test(address) ? "sip" : "number",
      team: fields.team,
      address,
      extension: orNull(fields.extension),
      message: orNull(fields.message),
      closedMessage: orNull(fields.closedMessage),
      hours,
    },
  };
}

interface EntryFormProps {
  /** Null for a new team. */
  entry: DirectoryEntry | null;
  onDone?: () => void;
}

/** Adds or edits a team of the directory. */
export function EntryForm({ entry, onDone }: EntryFormProps) {
  const { isPending, problem, run } = useChange();
  const [mistake, setMistake] = useState<string | null>(null);
  // Remounts the form, which empties it, once a team is added; after an error the typed values stay.
  const [round, setRound] = useState(0);

  function save(form: FormData) {
    const read = readEntryForm(form);
    setMistake("mistake" in read ? read.mistake : null);
    if ("mistake" in read) return;
    run(
      () =>
        entry
          ? sendJson("PUT", `/api/tools/directory/${entry.id}`, read.entry)
          : sendJson("POST", "/api/tools/directory", read.entry),
      () => {
        setRound((before) => before + 1);
        onDone?.();
      },
    );
  }

  return (
    <form key={round} onSubmit={takeFields(save)} className="grid gap-3">
      <div className="grid items-start gap-3 sm:grid-cols-2">
        <Field
          label="Team"
          name="team"
          required
          maxLength={60}
          autoComplete="off"
          defaultValue={entry?.team}
        />
        <div className="grid items-start gap-3 sm:grid-cols-[minmax(0,1fr)_7rem]">
          <Field
            label="Number or SIP address"
            name="address"
            required
            autoComplete="off"
            placeholder="+15550100123"
            defaultValue={entry?.address}
          />
          <Field
            label="Extension"
            name="extension"
            autoComplete="off"
            defaultValue={entry?.extension ?? ""}
          />
        </div>
      </div>
      <div className="grid items-start gap-3 sm:grid-cols-2">
        <Field
          label="Said while connecting"
          name="message"
          maxLength={500}
          autoComplete="off"
          placeholder="I am transferring you now."
          defaultValue={entry?.message ?? ""}
        />
        <Field
          label="Said when closed"
          name="closedMessage"
          maxLength={500}
          autoComplete="off"
          defaultValue={entry?.closedMessage ?? ""}
        />
        <Field
          label="Hours"
          name="hours"
          autoComplete="off"
          placeholder="Mon-Fri 09:00-17:30, Sat 10:00-14:00"
          hint="Leave empty for any time."
          defaultValue={entry?.hours ? writeHours(entry.hours) : ""}
        />
        <Field
          label="Time zone"
          name="zone"
          autoComplete="off"
          placeholder="Europe/Berlin"
          hint="Leave empty for your own."
          defaultValue={entry?.hours?.zone ?? ""}
        />
      </div>
      {(mistake ?? problem) && <FormMessage kind="error">{mistake ?? problem ?? ""}</FormMessage>}
      <Button type="submit" variant="primary" disabled={isPending} className="justify-self-start">
        {entry ? "Save team" : "Add team"}
      </Button>
    </form>
  );
}
