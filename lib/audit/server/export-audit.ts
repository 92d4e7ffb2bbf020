import "server-only";
import type { Database } from "@/db/client";
import { type AuditRow, listAudit } from "@/db/queries/audit";
import type { AuditFilter } from "@/lib/audit/audit";
import { toCsvLine } from "@/lib/http/server/http";

const batchSize = 500;
const columns = [
  "id",
  "at",
  "actorKind",
  "actorId",
  "actorName",
  "action",
  "target",
  "detail",
  "ip",
] as const;

export type ExportFormat = "csv" | "jsonl";

/** Yields the filtered audit log as lines of text, read in batches, so memory use does not depend on its length. */
export async function* exportAudit(
  db: Database,
  filter: AuditFilter,
  format: ExportFormat,
): AsyncGenerator<string> {
  if (format === "csv") yield toCsvLine(columns);
  let before = filter.before;
  for (;;) {
    const rows = await listAudit(db, { ...filter, before }, batchSize);
    for (const row of rows) yield format === "csv" ? toCsvLine(toCells(row)) : `${JSON.stringify(row)}\n`;
    before = rows.at(-1)?.id;
    if (rows.length < batchSize) return;
  }
}

function toCells(row: AuditRow): (string | number | null)[] {
  return [
    row.id,
    row.at.toISOString(),
    row.actorKind,
    row.actorId,
    row.actorName,
    row.action,
    row.target,
    row.detail ? JSON.stringify(row.detail) : null,
    row.ip,
  ];
}
