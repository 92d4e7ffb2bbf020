"use client";

import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useId, useState } from "react";
import { Field, FormMessage } from "@/components/form/field";
import { readFields, takeFields } from "@/components/form/read-fields";
import type { ArchivePowers } from "@/components/reports/archive";
import { EraseDialog } from "@/components/reports/erase-dialog";
import { ExportMenu } from "@/components/reports/export-menu";
import { useBulk } from "@/components/reports/use-bulk";
import type { Chosen } from "@/components/reports/use-chosen";
import { Button } from "@/components/ui/button";
import { DialogFrame } from "@/components/ui/dialog-frame";
import { formatCount } from "@/lib/format";
import { sendJson } from "@/lib/http/client";
import type { ReportCount } from "@/lib/reports/columns";
import { mostAtOnce, mostChosen } from "@/lib/reports/filter";
import { reportFacetsQuery } from "@/lib/reports/queries";

interface TagDialogProps {
  ids: readonly string[];
  onClose: () => void;
  onDone: () => void;
}

/** Adds tags to calls and removes tags. */
export function TagDialog({ ids, onClose, onDone }: TagDialogProps) {
  const { data: facets } = useQuery(reportFacetsQuery);
  const { isRunning, progress, problem, run } = useBulk(ids);
  const known = useId();

  async function change(form: FormData) {
    const { add, remove } = readFields(form, "add", "remove");
    const change = { add: toTags(add), remove: toTags(remove) };
    if (await run((some) => sendJson("POST", "/api/reports/tags", { ids: some, ...change }))) onDone();
  }

  return (
    <DialogFrame
      title={ids.length === 1 ? "Tag this call" : `Tag ${formatCount(ids.length, "call")}`}
      onClose={onClose}
    >
      <form onSubmit={takeFields(change)} className="grid gap-3">
        <Field label="Add" name="add" list={known} autoComplete="off" hint="Separate several with commas." />
        <Field label="Remove" name="remove" list={known} autoComplete="off" />
        <datalist id={known}>
          {facets?.tags.map((tag) => (
            <option key={tag} value={tag} />
          ))}
        </datalist>
        {problem && <FormMessage kind="error">{problem}</FormMessage>}
        {progress && <p role="status">Tagged {progress}. Close to leave the rest unchanged.</p>}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" disabled={isRunning}>
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

interface ChosenBarProps {
  chosen: Chosen;
  /** The list's filter, and the number of matching calls. */
  params: string;
  fitting: ReportCount | null;
  powers: ArchivePowers;
}

/** Actions on the selected calls, by role. */
export function ChosenBar({ chosen, params, fitting, powers }: ChosenBarProps) {
  const { ids, pending } = chosen;
  const [open, setOpen] = useState<"tag" | "erase" | null>(null);

  function done() {
    setOpen(null);
    chosen.choose([]);
  }

  const exported = toExported(chosen, params);
  const canChooseMore = fitting !== null && fitting.count > ids.length && ids.length < mostAtOnce;
  return (
    <section
      aria-label="Selected calls"
      className="absolute inset-x-3 bottom-3 z-30 mx-auto flex w-fit max-w-full flex-wrap items-center gap-2 rounded-lg border border-line-strong bg-surface px-3 py-2 shadow-xl"
    >
      <p role="status">
        {ids.length.toLocaleString("en")} selected
        {pending === "failed" && ", the rest could not be loaded"}
      </p>
      <Button size="small" variant="quiet" aria-label="Clear selection" onClick={() => chosen.choose([])}>
        <X aria-hidden />
      </Button>
      {canChooseMore && (
        <Button size="small" variant="quiet" disabled={pending === "yes"} onClick={chosen.chooseAll}>
          {pending === "yes" ? "Selecting…" : describeAll(fitting)}
        </Button>
      )}
      {powers.review && (
        <Button size="small" onClick={() => setOpen("tag")}>
          Tag
        </Button>
      )}
      {exported && <ExportMenu params={exported} count={{ count: ids.length, isExact: true }} />}
      {powers.erase && (
        <Button size="small" variant="danger" onClick={() => setOpen("erase")}>
          Delete
        </Button>
      )}
      {open === "tag" && <TagDialog ids={ids} onClose={() => setOpen(null)} onDone={done} />}
      {open === "erase" && <EraseDialog ids={ids} onClose={() => setOpen(null)} onDone={done} />}
    </section>
  );
}

/** Query of an export of the selection: by ID, or by filter if all matching calls are selected; null if neither works. */
function toExported({ ids, isWhole }: Chosen, params: string): string | null {
  if (ids.length <= mostChosen) return new URLSearchParams({ ids: ids.join() }).toString();
  return isWhole ? params : null;
}

function describeAll({ count, isExact }: ReportCount): string {
  if (count > mostAtOnce) return `Select the first ${mostAtOnce.toLocaleString("en")} that match`;
  return isExact ? `Select all ${count.toLocaleString("en")} that match` : "Select all that match";
}
