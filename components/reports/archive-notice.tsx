"use client";

import { Archive as ArchiveIcon, SearchX, TriangleAlert } from "lucide-react";
import { noReportFilter, useReportFilter } from "@/components/reports/use-report-filter";
import { Button } from "@/components/ui/button";
import { Notice, Skeleton } from "@/components/ui/panel";
import { toReportParams } from "@/lib/reports/filter";

interface ArchiveNoticeProps {
  isPending: boolean;
  error: Error | null;
  onRetry: () => void;
}

/** Shown in place of rows: loading, failed, or none. */
export function ArchiveNotice({ isPending, error, onRetry }: ArchiveNoticeProps) {
  const [filter, setFilter] = useReportFilter();
  if (error)
    return (
      <Notice icon={<TriangleAlert aria-hidden />} title="Could not load calls">
        <p role="alert" className="pb-3">
          {error.message}
        </p>
        <Button onClick={onRetry}>Try again</Button>
      </Notice>
    );
  if (isPending)
    return (
      // A skeleton appears only if loading takes noticeably long.
      <div className="grid animate-late gap-2 p-3" role="status" aria-label="Loading calls">
        {["a", "b", "c", "d", "e", "f"].map((key) => (
          <Skeleton key={key} className="h-12" />
        ))}
      </div>
    );
  const { sort: _, ...asked } = filter;
  if (toReportParams(asked) === "")
    return (
      <Notice icon={<ArchiveIcon aria-hidden />} title="No call has ended yet">
        Every call appears here within a second of its end, with its report.
      </Notice>
    );
  return (
    <Notice icon={<SearchX aria-hidden />} title="No calls match">
      <Button onClick={() => setFilter(noReportFilter)}>Clear filters</Button>
    </Notice>
  );
}
