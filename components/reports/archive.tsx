"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useRef, useState } from "react";
import type { ListHandle } from "@/components/board/use-list-handle";
import { ArchiveBar } from "@/components/reports/archive-bar";
import { ArchiveNotice } from "@/components/reports/archive-notice";
import { ReportTable } from "@/components/reports/report-table";
import { ReportToolbar } from "@/components/reports/report-toolbar";
import { useChosen } from "@/components/reports/use-chosen";
import { useReportParams } from "@/components/reports/use-report-filter";
import { useReportTable } from "@/components/reports/use-report-table";
import { loadCode } from "@/components/ui/load-later";
import { useKeys } from "@/components/ui/use-keys";
import type { ReportColumn, ReportRow } from "@/lib/reports/columns";
import { reportCountQuery, reportFacetsQuery, reportsQuery } from "@/lib/reports/queries";

interface ArchiveKeys {
  ids: readonly string[];
  currentId: string | null;
  focus: (callId: string) => void;
  search: () => void;
  choose: (callId: string) => void;
  clear: () => void;
}

/** Keyboard shortcuts of the archive. Enter needs none: each row is a link. */
export function useArchiveKeys({ ids, currentId, focus, search, choose, clear }: ArchiveKeys): void {
  /** Moves from the current call, or from before the first if there is none. */
  function move(steps: number) {
    const from = currentId === null ? -1 : ids.indexOf(currentId);
    const to = ids[Math.min(ids.length - 1, Math.max(0, from + steps))];
    if (to) focus(to);
  }

  useKeys([
    [["j", "ArrowDown"], () => move(1)],
    [["k", "ArrowUp"], () => move(-1)],
    [["x"], () => currentId !== null && ids.includes(currentId) && choose(currentId)],
    [["Escape"], clear],
    [["/"], search],
  ]);
}

/** What the viewer may do besides reading. */
export interface ArchivePowers {
  review: boolean;
  erase: boolean;
}

interface ArchiveProps {
  powers: ArchivePowers;
  initialColumns: readonly ReportColumn[];
}

/** Loaded with the first call that is selected. */
const ChosenBar = dynamic(
  () => loadCode(() => import("@/components/reports/chosen-bar")).then((module) => module.ChosenBar),
  {
    ssr: false,
  },
);

const noFacets = { assistants: [], numbers: [], tags: [] };
const noRows: ReportRow[] = [];

/** Every ended call: search, open, tag, delete. */
export function Archive({ powers, initialColumns }: ArchiveProps) {
  const params = useReportParams();
  const reports = useInfiniteQuery(reportsQuery(params));
  const counted = useQuery(reportCountQuery(params));
  const facets = useQuery(reportFacetsQuery);
  const [columns, setColumns] = useState(initialColumns);
  const [currentId, setCurrentId] = useState<string | null>(null);
  const list = useRef<ListHandle>(null);
  const search = useRef<HTMLInputElement>(null);
  const rows = reports.data?.pages.flatMap((page) => page.reports) ?? noRows;
  // A fully loaded list gives the exact count itself.
  const isWhole = reports.isSuccess && !reports.hasNextPage && !reports.isPlaceholderData;
  const count = isWhole ? { count: rows.length, isExact: true } : (counted.data ?? null);
  const chosen = useChosen(params, rows);
  const table = useReportTable({ rows, columns, chosen: chosen.ids, onChoose: chosen.choose });
  useArchiveKeys({
    ids: rows.map(({ call }) => call.id),
    currentId,
    focus: (id) => list.current?.focus(id),
    search: () => search.current?.focus(),
    choose: (id) => table.choose(id, !table.isChosen(id)),
    clear: () => chosen.choose([]),
  });

  return (
    <div className="grid h-full grid-cols-[minmax(0,1fr)] grid-rows-[auto_minmax(0,1fr)]">
      <div className="grid gap-2 border-line border-b bg-surface px-3 py-2 sm:px-4">
        <ArchiveBar
          params={params}
          count={count}
          behindSeconds={reports.data?.pages[0]?.behindSeconds}
          powers={powers}
          columns={columns}
          onColumns={setColumns}
        />
        <ReportToolbar facets={facets.data ?? noFacets} searchRef={search} />
      </div>
      <div className="relative min-h-0">
        {rows.length > 0 ? (
          <ReportTable
            rows={rows}
            table={table}
            total={count?.isExact ? count.count : -1}
            currentId={currentId}
            onFocus={setCurrentId}
            onNearEnd={() => reports.hasNextPage && !reports.isFetching && reports.fetchNextPage()}
            isDimmed={reports.isPlaceholderData}
            listRef={list}
          />
        ) : (
          <ArchiveNotice
            isPending={reports.isPending}
            error={reports.error}
            onRetry={() => reports.refetch()}
          />
        )}
        {rows.length > 0 && reports.error && (
          <p
            role="alert"
            className="absolute inset-x-3 bottom-3 z-30 rounded-md border border-danger bg-surface px-3 py-2"
          >
            Out of date: {reports.error.message}
          </p>
        )}
        {chosen.ids.length > 0 && (
          <ChosenBar chosen={chosen} params={params} fitting={count} powers={powers} />
        )}
      </div>
    </div>
  );
}
