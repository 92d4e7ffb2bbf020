"use client";

import { Menu } from "@base-ui/react/menu";
import { Check, Columns3 } from "lucide-react";
import { useState } from "react";
import { reportTableColumns } from "@/components/reports/report-table-columns";
import { Button } from "@/components/ui/button";
import { sendJson } from "@/lib/http/client";
import { type ReportColumn, reportColumns } from "@/lib/reports/columns";

interface ColumnsMenuProps {
  columns: readonly ReportColumn[];
  onChange: (columns: readonly ReportColumn[]) => void;
}

/** Selects the visible columns. Stored with the account, so that every browser shows the same. */
export function ColumnsMenu({ columns, onChange }: ColumnsMenuProps) {
  const [problem, setProblem] = useState<string | null>(null);

  async function show(column: ReportColumn, isShown: boolean) {
    const next = reportColumns.filter((each) => (each === column ? isShown : columns.includes(each)));
    onChange(next);
    const sent = await sendJson("PUT", "/api/reports/columns", { columns: next });
    setProblem(sent.ok ? null : "Could not save your columns.");
  }

  return (
    <Menu.Root>
      <Menu.Trigger render={<Button size="small" />}>
        <Columns3 aria-hidden />
        Columns
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner align="end" sideOffset={4} className="z-50">
          <Menu.Popup className="min-w-44 rounded-lg border border-line bg-surface p-1 shadow-xl outline-none">
            {reportColumns.map(
              (column) =>
                column !== "caller" && (
                  <Menu.CheckboxItem
                    key={column}
                    checked={columns.includes(column)}
                    onCheckedChange={(isShown) => show(column, isShown)}
                    className="flex h-8 cursor-pointer items-center gap-2 rounded px-2 outline-none data-highlighted:bg-hover"
                  >
                    <span className="grid size-4 place-items-center">
                      <Menu.CheckboxItemIndicator>
                        <Check aria-hidden className="size-4" />
                      </Menu.CheckboxItemIndicator>
                    </span>
                    {reportTableColumns[column].name}
                  </Menu.CheckboxItem>
                ),
            )}
            {problem && (
              <p role="alert" className="max-w-44 px-2 py-1 text-danger text-xs">
                {problem}
              </p>
            )}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
