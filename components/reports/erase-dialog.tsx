"use client";

import { useQuery } from "@tanstack/react-query";
import { FormMessage } from "@/components/form/form-message";
import { DeletionPreview } from "@/components/privacy/deletion-preview";
import { fetchErasePreview } from "@/components/reports/fetch-erase-preview";
import { useBulk } from "@/components/reports/use-bulk";
import { DialogFrame } from "@/components/ui/dialog-frame";
import { Skeleton } from "@/components/ui/skeleton";
import { sendJson } from "@/lib/http/send-json";
import { deletionPhrase } from "@/lib/privacy/deletion-phrase";
import { subjectCountsSchema } from "@/lib/privacy/subject-counts";

interface EraseDialogProps {
  ids: readonly string[];
  onClose: () => void;
  onDone: () => void;
}

/** Shows what would go with these calls, and deletes it once that has been typed. */
export function EraseDialog({ ids, onClose, onDone }: EraseDialogProps) {
  const { isRunning, progress, refusal, run } = useBulk(ids);
  const preview = useQuery({
    queryKey: ["privacy", "preview", ids],
    queryFn: () => fetchErasePreview(ids),
    gcTime: 0,
  });

  async function erase() {
    if (await run(eraseSome)) onDone();
  }

  return (
    <DialogFrame title="Delete these calls" onClose={onClose}>
      {(refusal ?? preview.error) && (
        <FormMessage kind="refused">{refusal ?? preview.error?.message ?? ""}</FormMessage>
      )}
      {preview.isPending && <Skeleton className="h-40" />}
      {preview.data && <DeletionPreview counts={preview.data} isPending={isRunning} onDelete={erase} />}
      {progress && <p role="status">Deleted {progress}. Closing this leaves the others alone.</p>}
    </DialogFrame>
  );
}

/** What was typed is about all of them; what the server wants to read is about those it is told of. */
async function eraseSome(ids: readonly string[]) {
  const subject = { kind: "calls", ids };
  const sent = await sendJson("POST", "/api/privacy/preview", subject);
  if (!sent.ok) return sent;
  const confirmation = deletionPhrase(subjectCountsSchema.parse(sent.value));
  return sendJson("POST", "/api/privacy/deletion", { subject, confirmation });
}
