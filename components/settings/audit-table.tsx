import { LocalTime } from "@/components/clock/local-time";
import { Choice } from "@/components/form/choice";
import { Field } from "@/components/form/field";
import { Button } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { type AuditAction, type AuditFilter, auditActions } from "@/lib/audit/audit";

const actionOptions = [
  { value: "", label: "Any action" },
  ...Object.entries(auditActions).map(([value, label]) => ({ value, label })),
];

/** Filters the audit log with a native form: the filter is in the URL. */
export function AuditFilters({ filter }: { filter: AuditFilter }) {
  return (
    <form
      method="get"
      className="grid items-end gap-3 sm:grid-cols-2 lg:grid-cols-[1fr_15rem_10.5rem_10.5rem_auto]"
    >
      <Field label="Search" name="q" type="search" defaultValue={filter.q ?? ""} autoComplete="off" />
      <Choice label="Action" name="action" options={actionOptions} defaultValue={filter.action ?? ""} />
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

export type AuditTableRow = {
  id: number;
  /** ISO time. */
  at: string;
  actorKind: string;
  actorName: string | null;
  action: AuditAction;
  target: string | null;
  detail: Record<string, string> | null;
  ip: string | null;
};

export function AuditTable({ rows }: { rows: AuditTableRow[] }) {
  return (
    <section
      aria-label="Audit entries"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      className="overflow-x-auto rounded-lg border border-line bg-surface"
    >
      <table className="w-full min-w-[44rem] text-left text-sm">
        <thead className="text-muted text-xs">
          <tr>
            {["When", "Who", "Action", "What", "From"].map((name) => (
              <th key={name} scope="col" className="px-3 py-2 font-medium">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {rows.map((row) => (
            <AuditTableLine key={row.id} row={row} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function AuditTableLine({ row }: { row: AuditTableRow }) {
  const { at, actorKind, actorName, action, target, detail, ip } = row;
  return (
    <tr className="align-top">
      <td className="whitespace-nowrap px-3 py-2">
        <LocalTime at={at} />
      </td>
      <td className="wrap-anywhere px-3 py-2">
        {actorName ?? "unknown"}
        {actorKind === "api-key" && " (API key)"}
      </td>
      <td className="px-3 py-2">{auditActions[action]}</td>
      <td className="wrap-anywhere px-3 py-2">
        {target}
        {detail && <span className="block text-muted text-xs">{describeDetail(detail)}</span>}
      </td>
      <td className="whitespace-nowrap px-3 py-2 text-muted">{ip}</td>
    </tr>
  );
}

function describeDetail(detail: Record<string, string>): string {
  return Object.entries(detail)
    .map(([name, value]) => `${name}: ${value}`)
    .join(", ");
}
