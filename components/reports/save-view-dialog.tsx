"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Field, FormMessage } from "@/components/form/field";
import { takeFields } from "@/components/form/read-fields";
import { Button } from "@/components/ui/button";
import { DialogFrame } from "@/components/ui/dialog-frame";
import { sendJson } from "@/lib/http/client";
import { reportViewsSchema } from "@/lib/reports/columns";
import { reportViewsQuery } from "@/lib/reports/queries";

interface SaveViewDialogProps {
  params: string;
  canShare: boolean;
  onClose: () => void;
}

/** Saves the current filter under a name. */
export function SaveViewDialog({ params, canShare, onClose }: SaveViewDialogProps) {
  const queryClient = useQueryClient();
  const [problem, setProblem] = useState<string | null>(null);

  async function save(form: FormData) {
    const name = String(form.get("name"));
    const sent = await sendJson("POST", "/api/report-views", {
      name,
      query: params,
      isShared: form.get("shared") === "on",
    });
    if (!sent.ok) return setProblem(sent.why);
    queryClient.setQueryData(reportViewsQuery.queryKey, reportViewsSchema.parse(sent.value).views);
    onClose();
  }

  return (
    <DialogFrame title="Save filter" onClose={onClose}>
      <form onSubmit={takeFields(save)} className="grid gap-3">
        <Field
          label="Name"
          name="name"
          required
          maxLength={60}
          autoComplete="off"
          hint="Saves filters and sort. A period such as Last 7 days moves on with the days."
        />
        {canShare && (
          <label className="flex items-center gap-2">
            <input type="checkbox" name="shared" className="size-4 accent-accent" />
            Share with team
          </label>
        )}
        {problem && <FormMessage kind="error">{problem}</FormMessage>}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary">
            Save
          </Button>
        </div>
      </form>
    </DialogFrame>
  );
}
