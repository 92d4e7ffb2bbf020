"use client";

import type { ArchivePowers } from "@/components/reports/archive";
import { ColumnsMenu } from "@/components/reports/columns-menu";
import { ExportMenu } from "@/components/reports/export-menu";
import { ViewsMenu } from "@/components/reports/views-menu";
import type { ReportColumn, ReportCount } from "@/lib/reports/columns";

interface ArchiveBarProps {
  params: string;
  count: ReportCount | null;
  powers: ArchivePowers;
  columns: readonly ReportColumn[];
  onColumns: (columns: readonly ReportColumn[]) => void;
}

/** How many there are, and what can be done with all of them. */
export function ArchiveBar({ params, count, powers, columns, onColumns }: ArchiveBarProps) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <h1 className="font-semibold text-base">Reports</h1>
      <p role="status" className="text-muted">
        {count && describeCount(count)}
      </p>
      <div className="ml-auto flex items-center gap-2">
        <ViewsMenu params={params} canShare={powers.review} />
        <ColumnsMenu columns={columns} onChange={onColumns} />
        <ExportMenu params={params} count={count} />
      </div>
    </div>
  );
}

/** Two digits say as much as an estimate knows. */
function describeCount({ count, isExact }: ReportCount): string {
  const exact = `${count.toLocaleString("en")} ${count === 1 ? "call" : "calls"}`;
  if (isExact) return exact;
  return `about ${Number(count.toPrecision(3)).toLocaleString("en")} calls`;
}
