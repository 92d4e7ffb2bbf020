"use client";

import { Menu } from "@base-ui/react/menu";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { ArchivePowers } from "@/components/reports/archive";
import { ColumnsMenu } from "@/components/reports/columns-menu";
import { ExportMenu } from "@/components/reports/export-menu";
import { DataAge } from "@/components/ui/data-age";
import { loadCode } from "@/components/ui/load-later";
import { MenuButton, MenuChoice } from "@/components/ui/menu-button";
import { formatCount } from "@/lib/format";
import { sendJson } from "@/lib/http/client";
import { type ReportColumn, type ReportCount, reportViewsSchema } from "@/lib/reports/columns";
import { reportViewsQuery } from "@/lib/reports/queries";

/** Loaded when a filter is first saved. */
const SaveViewDialog = dynamic(
  () =>
    loadCode(() => import("@/components/reports/save-view-dialog")).then((module) => module.SaveViewDialog),
  { ssr: false },
);

interface ViewsMenuProps {
  params: string;
  canShare: boolean;
}

/** Menu of saved filters. */
export function ViewsMenu({ params, canShare }: ViewsMenuProps) {
  const { data: views = [] } = useQuery(reportViewsQuery);
  const queryClient = useQueryClient();
  const router = useRouter();
  const [isSaving, setSaving] = useState(false);

  async function forget(id: string) {
    const sent = await sendJson("DELETE", `/api/report-views/${id}`);
    if (sent.ok)
      queryClient.setQueryData(reportViewsQuery.queryKey, reportViewsSchema.parse(sent.value).views);
    else await queryClient.invalidateQueries(reportViewsQuery);
  }

  return (
    <>
      <MenuButton verb="Saved filters" label="Saved filters">
        {views.map(({ id, name, query, isShared, isMine, ownerName }) => (
          <div key={id} className="flex items-center">
            <Menu.Item
              onClick={() => router.push(query ? `/reports?${query}` : "/reports")}
              className="flex min-h-8 min-w-0 flex-1 cursor-pointer flex-col justify-center rounded px-2 py-1 outline-none data-highlighted:bg-hover"
            >
              <span className="max-w-56 truncate">{name}</span>
              {isShared && <span className="text-muted text-xs">Shared by {isMine ? "you" : ownerName}</span>}
            </Menu.Item>
            {isMine && (
              <Menu.Item
                aria-label={`Delete saved filter ${name}`}
                closeOnClick={false}
                onClick={() => forget(id)}
                className="grid size-8 cursor-pointer place-items-center rounded text-muted outline-none data-highlighted:bg-hover data-highlighted:text-danger"
              >
                <Trash2 aria-hidden className="size-4" />
              </Menu.Item>
            )}
          </div>
        ))}
        {views.length > 0 && <Menu.Separator className="my-1 h-px bg-line" />}
        <MenuChoice onChoose={() => setSaving(true)}>Save filter…</MenuChoice>
      </MenuButton>
      {isSaving && <SaveViewDialog params={params} canShare={canShare} onClose={() => setSaving(false)} />}
    </>
  );
}

interface ArchiveBarProps {
  params: string;
  count: ReportCount | null;
  behindSeconds: number | null | undefined;
  powers: ArchivePowers;
  columns: readonly ReportColumn[];
  onColumns: (columns: readonly ReportColumn[]) => void;
}

/** Number of calls, and actions on all of them. */
export function ArchiveBar({ params, count, behindSeconds, powers, columns, onColumns }: ArchiveBarProps) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <h1 className="font-semibold text-xl">Reports</h1>
      <p role="status" className="text-muted">
        {count && describeCount(count)}
      </p>
      <DataAge behindSeconds={behindSeconds} />
      <div className="ml-auto flex items-center gap-2">
        <ViewsMenu params={params} canShare={powers.review} />
        <ColumnsMenu columns={columns} onChange={onColumns} />
        <ExportMenu params={params} count={count} />
      </div>
    </div>
  );
}

/** An estimate is rounded to three significant digits. */
function describeCount({ count, isExact }: ReportCount): string {
  const exact = formatCount(count, "call");
  if (isExact) return exact;
  return `about ${Number(count.toPrecision(3)).toLocaleString("en")} calls`;
}
