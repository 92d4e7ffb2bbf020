"use client";

import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { Field } from "@/components/form/field";
import { FormMessage } from "@/components/form/form-message";
import { readFields } from "@/components/form/read-fields";
import { takeFields } from "@/components/form/take-fields";
import { useBulk } from "@/components/reports/use-bulk";
import { Button } from "@/components/ui/button";
import { DialogFrame } from "@/components/ui/dialog-frame";
import { sendJson } from "@/lib/http/client";
import { reportFacetsQuery } from "@/lib/reports/queries";

interface TagDialogProps {
  ids: readonly string[];
  onClose: () => void;
  onDone: () => void;
}

/** Gives tags to calls, and takes some off. */
export function TagDialog({ ids, onClose, onDone }: TagDialogProps) {
  const { data: facets } = useQuery(reportFacetsQuery);
  const { isRunning, progress, refusal, run } = useBulk(ids);
  const known = useId();

  async function change(form: FormData) {
    const { add, remove } = readFields(form, "add", "remove");
    const change = { add: toTags(add), remove: toTags(remove) };
    if (await run((some) => sendJson("POST", "/api/reports/tags", { ids: some, ...change }))) onDone();
  }

  return (
    <DialogFrame
      title={ids.length === 1 ? "Tag this call" : `Tag ${ids.length.toLocaleString("en")} calls`}
      onClose={onClose}
    >
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
        {progress && <p role="status">Tagged {progress}. Closing this leaves the others as they are.</p>}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={isRunning}>
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
