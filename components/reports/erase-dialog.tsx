"use client";

import { useQuery } from "@tanstack/react-query";
import * as z from "zod";
import { FormMessage } from "@/components/form/field";
import { DeletionPreview } from "@/components/privacy/deletion-preview";
import { useBulk } from "@/components/reports/use-bulk";
import { DialogFrame } from "@/components/ui/dialog-frame";
import { Skeleton } from "@/components/ui/panel";
import { type Sent, sendJson } from "@/lib/http/client";
import { deletionPhrase, type SubjectCounts, subjectCountsSchema } from "@/lib/privacy/subject";
import { mostChosen } from "@/lib/reports/filter";
import { toChunks } from "@/lib/to-chunks";

export interface ErasePreview {
  /** Totals of what would be deleted. */
  counts: SubjectCounts;
  /** Confirmation per request-sized chunk. The server rejects it if the numbers have changed by then. */
  phrases: string[];
}

/**
 * Counts what would be deleted with these calls.
 *
 * @throws an Error with the server's message if it rejects the request
 */
export async function fetchErasePreview(ids: readonly string[]): Promise<ErasePreview> {
  const parts: SubjectCounts[] = [];
  for (const some of toChunks(ids, mostChosen)) {
    const sent = await sendJson("POST", "/api/privacy/preview", { kind: "calls", ids: some });
    if (!sent.ok) throw new Error(sent.why);
    parts.push(subjectCountsSchema.parse(sent.value));
  }
  return { counts: parts.reduce(add), phrases: parts.map(deletionPhrase) };
}

function add(a: SubjectCounts, b: SubjectCounts): SubjectCounts {
  return subjectCountsSchema.parse(
    Object.fromEntries(subjectCountsSchema.keyof().options.map((kind) => [kind, a[kind] + b[kind]])),
  );
}

const answerSchema = z.object({ remaining: z.number() });

interface EraseDialogProps {
  ids: readonly string[];
  onClose: () => void;
  onDone: () => void;
}

/** Shows what would be deleted with these calls, and deletes it after a typed confirmation. */
export function EraseDialog({ ids, onClose, onDone }: EraseDialogProps) {
  const { isRunning, progress, problem, run } = useBulk(ids);
  const preview = useQuery({
    queryKey: ["privacy", "preview", ids],
    queryFn: () => fetchErasePreview(ids),
    gcTime: 0,
  });

  async function erase(phrases: readonly string[]) {
    if (await run((some, index) => eraseSome(some, phrases[index] ?? ""))) onDone();
    else await preview.refetch();
  }

  return (
    <DialogFrame title="Delete these calls" onClose={onClose}>
      {(problem ?? preview.error) && (
        <FormMessage kind="error">{problem ?? preview.error?.message ?? ""}</FormMessage>
      )}
      {preview.isPending && <Skeleton className="h-40" />}
      {preview.data && (
        <DeletionPreview
          counts={preview.data.counts}
          isPending={isRunning}
          onDelete={() => erase(preview.data.phrases)}
        />
      )}
      {progress && <p role="status">Deleted {progress}. Close to keep the rest.</p>}
    </DialogFrame>
  );
}

/** Deletes one chunk. The user typed a phrase for all calls; `confirmation` is the phrase for this chunk. */
async function eraseSome(ids: readonly string[], confirmation: string): Promise<Sent> {
  const sent = await sendJson("POST", "/api/privacy/deletion", {
    subject: { kind: "calls", ids },
    confirmation,
  });
  const { remaining = 0 } = (sent.ok && answerSchema.safeParse(sent.value).data) || {};
  if (remaining === 0) return sent;
  return { ok: false, why: `${remaining} more to delete: preview again to continue.` };
}
