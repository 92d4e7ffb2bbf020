"use client";

import { MenuButton, MenuChoice } from "@/components/alerts/menu-button";
import { ExportProgress } from "@/components/reports/export-progress";
import { useExport } from "@/components/reports/use-export";
import type { ReportCount } from "@/lib/reports/columns";

interface ExportMenuProps {
  params: string;
  count: ReportCount | null;
}

/** Everything that is filtered as a file, with how far it is. */
export function ExportMenu({ params, count }: ExportMenuProps) {
  const { state, start, cancel } = useExport();
  return (
    <>
      <MenuButton verb="Export" label="Export what is filtered">
        <MenuChoice onChoose={() => start(params, "csv")}>As CSV</MenuChoice>
        <MenuChoice onChoose={() => start(params, "jsonl")}>As JSON lines</MenuChoice>
        <MenuChoice onChoose={() => start(params, "transcripts")}>As JSON lines with transcripts</MenuChoice>
      </MenuButton>
      <ExportProgress state={state} total={count} onClose={cancel} />
    </>
  );
}
