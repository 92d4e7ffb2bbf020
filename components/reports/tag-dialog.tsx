"use client";

import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { Field } from "@/components/form/field";
import { FormMessage } from "@/components/form/form-message";
import { readFields } from "@/components/form/read-fields";
import { takeFields } from "@/components/form/take-fields";
import { Button } from "@/components/ui/button";
import { DialogFrame } from "@/components/ui/dialog-frame";
import { sendJson } from "@/lib/http/send-json";
import { reportFacetsQuery } from "@/lib/reports/reports-query";

interface TagDialogProps {
  ids: readonly string[];
  onClose: () => void;
  onDone: () => void;
}

/** Gives tags to calls, and takes some off. */
export function TagDialog({ ids, onClose, onDone }: TagDialogProps) {
  const { data: facets } = useQuery(reportFacetsQuery);
  const [refusal, setRefusal] = useState<string | null>(null);
  const known = useId();

  async function change(form: FormData) {
    const { add, remove } = readFields(form, "add", "remove");
    const sent = await sendJson("POST", "/api/reports/tags", {
      ids,
      add: toTags(add),
      remove: toTags(remove),
    });
    if (sent.ok) onDone();
    else setRefusal(sent.why);
  }

  return (
    <DialogFrame title={ids.length === 1 ? "Tag this call" : `Tag ${ids.length} calls`} onClose={onClose}>
      <form onSubmit={takeFields(change)} className="grid gap-3">
        <Field
          label="Add"
          name="add"
          list={known}
          autoComplete="off"
          hint="Several are separated by commas."
        />
        <Field label="Take off" name="remove" list={known} autoComplete="off" />
        <datalist id={known}>
          {facets?.tags.map((tag) => (
            <option key={tag} value={tag} />
          ))}
        </datalist>
        {refusal && <FormMessage kind="refused">{refusal}</FormMessage>}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary">
            Tag
          </Button>
        </div>
      </form>
    </DialogFrame>
  );
}

function toTags(text: string): string[] {
  return text.split(",").filter((tag) => tag.trim() !== "");
}
