"use client";

import { useRef } from "react";
import { readFields } from "@/components/form/read-fields";
import { takeFields } from "@/components/form/take-fields";
import { Button } from "@/components/ui/button";

/** A field for a note. Ctrl or Cmd with Enter keeps it; what was refused stays in the field. */
export function ReviewNoteForm({ onWrite }: { onWrite: (text: string) => Promise<boolean> }) {
  const form = useRef<HTMLFormElement>(null);

  async function write(fields: FormData) {
    if (await onWrite(readFields(fields, "text").text)) form.current?.reset();
  }

  return (
    <form ref={form} onSubmit={takeFields(write)} className="grid gap-2">
      <textarea
        name="text"
        aria-label="New note"
        placeholder="Note"
        rows={2}
        required
        maxLength={2_000}
        onKeyDown={({ key, ctrlKey, metaKey, currentTarget }) => {
          if (key === "Enter" && (ctrlKey || metaKey)) currentTarget.form?.requestSubmit();
        }}
        className="w-full rounded-md border border-line bg-surface px-2 py-1.5 text-sm placeholder:text-muted hover:border-line-strong"
      />
      <Button type="submit" size="small" className="h-8 justify-self-end">
        Keep the note
      </Button>
    </form>
  );
}
