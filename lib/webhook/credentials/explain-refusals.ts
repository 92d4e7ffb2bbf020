import "server-only";
import type { ListedRefusalRow } from "@/db/queries/credentials/list-refusals";
import { explainRefusal } from "@/lib/credentials/explain-refusal";
import type { ExplainedRefusal } from "@/lib/credentials/setup-state";

/**
 * Refusals in words.
 * @param names what credentials are called, by id
 */
export function explainRefusals(
  rows: readonly ListedRefusalRow[],
  names: ReadonlyMap<string, string>,
): ExplainedRefusal[] {
  return rows.map((row) => ({
    key: row.key,
    ...explainRefusal(row, row.credentialId === null ? null : (names.get(row.credentialId) ?? null)),
    headerNames: row.headerNames,
    addressRange: row.addressRange,
    count: row.count,
    firstAt: row.firstAt.toISOString(),
    lastAt: row.lastAt.toISOString(),
  }));
}
