import Link from "next/link";
import { Choice } from "@/components/form/choice";
import { Field } from "@/components/form/field";
import { Button } from "@/components/ui/button";
import type { AuditFilter } from "@/lib/audit/audit";
import { auditActions } from "@/lib/audit/audit";

const actionOptions = [
  { value: "", label: "anything" },
  ...Object.entries(auditActions).map(([value, label]) => ({ value, label })),
];

/** What to show of the audit log. A form of the browser's own: the filter is the page's address. */
export function AuditFilters({ filter }: { filter: AuditFilter }) {
  return (
    <form
      method="get"
      className="grid items-end gap-3 sm:grid-cols-2 lg:grid-cols-[1fr_15rem_10.5rem_10.5rem_auto]"
    >
      <Field label="Who or what" name="q" type="search" defaultValue={filter.q ?? ""} autoComplete="off" />
      <Choice label="Did" name="action" options={actionOptions} defaultValue={filter.action ?? ""} />
      <Field label="From day (UTC)" name="from" type="date" defaultValue={filter.from ?? ""} />
      <Field label="To day (UTC)" name="to" type="date" defaultValue={filter.to ?? ""} />
      <div className="flex items-center gap-2">
        <Button type="submit" className="h-10">
          Show
        </Button>
        <Link href="/settings/audit" className="px-2 text-muted text-sm underline">
          Clear
        </Link>
      </div>
    </form>
  );
}
