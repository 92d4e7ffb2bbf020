"use client";

import {
  columnVisibilityFeature,
  createColumnHelper,
  rowSelectionFeature,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import type { ReportRow } from "@/lib/reports/columns";
import { type ReportColumn, reportColumns } from "@/lib/reports/columns";
import { mostChosen } from "@/lib/reports/filter";

const features = tableFeatures({ columnVisibilityFeature, rowSelectionFeature });
const helper = createColumnHelper<typeof features, ReportRow>();
const definitions = helper.columns(reportColumns.map((id) => helper.display({ id })));

interface ReportTableState {
  rows: ReportRow[];
  columns: readonly ReportColumn[];
  chosen: readonly string[];
  onChoose: (ids: string[]) => void;
}

/**
 * Columns and row selection of the archive's table. At most `mostChosen` rows are selected one by one; "select all" is
 * handled by useChosen.
 */
export function useReportTable({ rows, columns, chosen, onChoose }: ReportTableState) {
  "use no memo"; // The table object changes inside but keeps its identity, which the compiler cannot see.
  const rowSelection: Record<string, true> = Object.fromEntries(chosen.map((id) => [id, true as const]));
  const table = useTable({
    features,
    columns: definitions,
    data: rows,
    getRowId: ({ call }) => call.id,
    state: {
      rowSelection,
      columnVisibility: Object.fromEntries(
        reportColumns.map((id) => [id, id === "caller" || columns.includes(id)]),
      ),
    },
    onRowSelectionChange: (change) => {
      const next = typeof change === "function" ? change(rowSelection) : change;
      onChoose(
        Object.keys(next)
          .filter((id) => next[id])
          .slice(0, Math.max(mostChosen, chosen.length)),
      );
    },
  });
  return {
    columns: reportColumns.filter((id) => table.getColumn(id)?.getIsVisible()),
    isAllChosen: table.getIsAllRowsSelected(),
    chooseAll: (isChosen: boolean) => table.toggleAllRowsSelected(isChosen),
    isChosen: (id: string) => rowSelection[id] === true,
    choose: (id: string, isChosen: boolean) => table.getRow(id).toggleSelected(isChosen),
  };
}

export type ReportTableHandle = ReturnType<typeof useReportTable>;
