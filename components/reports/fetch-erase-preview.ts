import { sendJson } from "@/lib/http/send-json";
import { type SubjectCounts, subjectCountsSchema } from "@/lib/privacy/subject-counts";
import { mostChosen } from "@/lib/reports/report-filter";
import { toChunks } from "@/lib/to-chunks";

/**
 * How much would go with these calls, added up.
 *
 * @throws an Error with the server's own sentence when it refuses
 */
export async function fetchErasePreview(ids: readonly string[]): Promise<SubjectCounts> {
  let total: SubjectCounts | null = null;
  for (const some of toChunks(ids, mostChosen)) {
    const sent = await sendJson("POST", "/api/privacy/preview", { kind: "calls", ids: some });
    if (!sent.ok) throw new Error(sent.why);
    const counts = subjectCountsSchema.parse(sent.value);
    total = total ? add(total, counts) : counts;
  }
  if (!total) throw new Error("No call is chosen.");
  return total;
}

function add(a: SubjectCounts, b: SubjectCounts): SubjectCounts {
  return subjectCountsSchema.parse(
    Object.fromEntries(subjectCountsSchema.keyof().options.map((kind) => [kind, a[kind] + b[kind]])),
  );
}
