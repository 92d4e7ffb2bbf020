import { z } from "zod";
import type { StructuredOutput } from "@/lib/calls/report";
import type { ReportMessage } from "@/lib/reports/report-message";
import { redact, redactText } from "@/lib/webhook/redact";

const outputSchema = z.looseObject({
  name: z.string().nullish().catch(null),
  result: z.unknown().optional(),
});
const skippedSchema = z.looseObject({
  name: z.string().nullish().catch(null),
  unmetCondition: z.unknown().optional(),
});

/**
 * What was made of the call by plan: `artifact.structuredOutputs` (by id, `{ name, result }`), those that were skipped,
 * and `analysis.structuredDataMulti`, which is the same by an older name and has no ids.
 */
export function readStructuredOutputs({ analysis, artifact }: ReportMessage): StructuredOutput[] {
  return [
    ...Object.entries(artifact?.structuredOutputs ?? {}).map(([id, entry]) => toOutput(id, entry)),
    ...Object.entries(artifact?.skippedStructuredOutputs ?? {}).map(([id, entry]) => toSkipped(id, entry)),
    ...(analysis?.structuredDataMulti ?? []).map(
      (entry, index): StructuredOutput => ({
        id: `multi-${index + 1}`,
        name: null,
        result: redact(entry),
        skipped: null,
      }),
    ),
  ];
}

/** An entry that is no `{ name, result }` is its own result. */
function toOutput(id: string, entry: unknown): StructuredOutput {
  const output = outputSchema.safeParse(entry).data;
  const isWrapped = output !== undefined && "result" in output;
  return {
    id,
    name: output?.name ?? null,
    result: redact(isWrapped ? output.result : entry) ?? null,
    skipped: null,
  };
}

function toSkipped(id: string, entry: unknown): StructuredOutput {
  const skipped = skippedSchema.safeParse(entry).data;
  const condition = skipped?.unmetCondition;
  const words =
    typeof condition === "string" ? condition : condition ? JSON.stringify(redact(condition)) : "";
  return { id, name: skipped?.name ?? null, result: null, skipped: redactText(words) };
}
