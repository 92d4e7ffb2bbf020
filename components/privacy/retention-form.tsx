"use client";

import { useState } from "react";
import { FormMessage, NumberField } from "@/components/form/field";
import { readFields, takeFields } from "@/components/form/read-fields";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { sendJson } from "@/lib/http/client";
import type { Retention, RetentionKind } from "@/lib/privacy/subject";

const kinds = [
  {
    kind: "events",
    label: "Event log",
    hint: "Every delivery as received, without secrets. Counted from receipt.",
  },
  {
    kind: "transcripts",
    label: "Transcripts",
    hint: "Spoken words, tool arguments and results, summary and structured data.",
  },
  {
    kind: "recordings",
    label: "Recordings",
    hint: "Links, and copies in your storage. Recordings held by Vapi follow Vapi’s own retention.",
  },
  {
    kind: "personal",
    label: "Personal fields",
    hint: "The caller’s number and name, also within texts that stay; metadata, the conversation’s context, notes on alerts.",
  },
] as const satisfies { kind: RetentionKind; label: string; hint: string }[];

/** Sets how many days each kind of data is kept. Empty: until it is deleted by hand. */
export function RetentionForm({ retention }: { retention: Retention }) {
  const { isPending, problem, run } = useChange();
  const [isSaved, setSaved] = useState(false);

  function save(form: FormData) {
    const { events, transcripts, recordings, personal } = readFields(form, ...kinds.map(({ kind }) => kind));
    const wanted = {
      events: toDays(events),
      transcripts: toDays(transcripts),
      recordings: toDays(recordings),
      personal: toDays(personal),
    };
    setSaved(false);
    run(
      () => sendJson("PUT", "/api/privacy/retention", wanted),
      () => setSaved(true),
    );
  }

  return (
    <form onSubmit={takeFields(save)} className="grid gap-4">
      <div className="grid gap-4 sm:grid-cols-2" key={JSON.stringify(retention)}>
        {kinds.map(({ kind, label, hint }) => (
          <NumberField
            key={kind}
            label={label}
            unit="days"
            name={kind}
            min={1}
            max={3650}
            defaultValue={retention[kind] ?? ""}
            hint={hint}
          />
        ))}
      </div>
      {problem && <FormMessage kind="error">{problem}</FormMessage>}
      {isSaved && !problem && (
        <FormMessage kind="done">Saved. Older data is permanently deleted within minutes.</FormMessage>
      )}
      <Button type="submit" variant="primary" className="h-10 justify-self-start" disabled={isPending}>
        Save
      </Button>
    </form>
  );
}

function toDays(text: string): number | null {
  return text === "" ? null : Number(text);
}
