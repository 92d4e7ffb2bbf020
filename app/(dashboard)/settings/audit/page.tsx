import { ScrollText } from "lucide-react";
import type { Metadata } from "next";
import { AuditFilters, AuditTable } from "@/components/settings/audit-table";
import { Section } from "@/components/settings/section";
import { Notice } from "@/components/ui/panel";
import { db } from "@/db/client";
import { listAudit } from "@/db/queries/audit";
import { type AuditFilter, auditFilterSchema } from "@/lib/audit/audit";
import { requireUser } from "@/lib/auth/server/session";

export const metadata: Metadata = { title: "Audit log" };

const pageSize = 100;

export default async function AuditPage({ searchParams }: PageProps<"/settings/audit">) {
  await requireUser("audit.view");
  // An invalid filter in the URL shows the whole log instead of an error.
  const filter = auditFilterSchema.safeParse(await searchParams).data ?? {};
  const entries = await listAudit(db, filter, pageSize);
  const last = entries.length === pageSize ? entries.at(-1) : undefined;
  return (
    <Section
      title="Audit log"
      about="Every action with its author, target, time and IP address. Entries cannot be changed or deleted."
    >
      <AuditFilters filter={filter} />
      {entries.length === 0 ? (
        <Notice icon={<ScrollText aria-hidden />} title="No entries match">
          Clear the filter to see all entries.
        </Notice>
      ) : (
        <AuditTable rows={entries.map((entry) => ({ ...entry, at: entry.at.toISOString() }))} />
      )}
      <p className="flex flex-wrap gap-4 text-accent underline">
        {last && <a href={`?${queryOf(filter, { before: last.id })}`}>Older entries</a>}
        <a href={`/api/audit/export?${queryOf(filter, { format: "csv" })}`}>Export as CSV</a>
        <a href={`/api/audit/export?${queryOf(filter, { format: "jsonl" })}`}>Export as JSON lines</a>
      </p>
    </Section>
  );
}

function queryOf({ before: _, ...filter }: AuditFilter, more: Record<string, string | number>): string {
  const entries = Object.entries({ ...filter, ...more }).map(([name, value]) => [name, String(value)]);
  return new URLSearchParams(entries).toString();
}
