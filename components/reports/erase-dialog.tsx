"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { FormMessage } from "@/components/form/form-message";
import { DeletionPreview } from "@/components/privacy/deletion-preview";
import { DialogFrame } from "@/components/ui/dialog-frame";
import { Skeleton } from "@/components/ui/skeleton";
import { sendJson } from "@/lib/http/send-json";
import { subjectCountsSchema } from "@/lib/privacy/subject-counts";

interface EraseDialogProps {
  ids: readonly string[];
  onClose: () => void;
  onDone: () => void;
}

/** Shows what would go with these calls, and deletes it once that has been typed. */
export function EraseDialog({ ids, onClose, onDone }: EraseDialogProps) {
  const subject = { kind: "calls", ids };
  const [isPending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const preview = useQuery({
    queryKey: ["privacy", "preview", subject],
    queryFn: async () => {
      const sent = await sendJson("POST", "/api/privacy/preview", subject);
      if (!sent.ok) throw new Error(sent.why);
      return subjectCountsSchema.parse(sent.value);
    },
    gcTime: 0,
  });

  async function erase(confirmation: string) {
    setPending(true);
    const sent = await sendJson("POST", "/api/privacy/deletion", { subject, confirmation });
    setPending(false);
    if (sent.ok) onDone();
    else setRefusal(sent.why);
  }

  return (
    <DialogFrame title="Delete these calls" onClose={onClose}>
      {(refusal ?? preview.error) && (
        <FormMessage kind="refused">{refusal ?? preview.error?.message ?? ""}</FormMessage>
      )}
      {preview.isPending && <Skeleton className="h-40" />}
      {preview.data && <DeletionPreview counts={preview.data} isPending={isPending} onDelete={erase} />}
    </DialogFrame>
  );
}
