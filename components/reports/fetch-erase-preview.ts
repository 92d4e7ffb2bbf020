import { toChunks } from "@/lib/async";
import { sendJson } from "@/lib/http/client";
import { deletionPhrase, type SubjectCounts, subjectCountsSchema } from "@/lib/privacy/subject";
import { mostChosen } from "@/lib/reports/filter";

export interface ErasePreview {
  /** How much would go, added up. */
  counts: SubjectCounts;
  /** What confirms the deletion of each part, as many calls as a request can name: the server refuses where it is another by then. */
  phrases: string[];
}

/**
 * How much would go with these calls.
 *
 * @throws an Error with the server's own sentence when it refuses
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
