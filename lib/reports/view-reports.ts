import "server-only";
import type { Database } from "@/db/client";
import { countReports } from "@/db/queries/reports/count-reports";
import { listFacets } from "@/db/queries/reports/list-facets";
import { listReports } from "@/db/queries/reports/list-reports";
import { isMaskedFor } from "@/lib/auth/is-masked-for";
import type { Role } from "@/lib/auth/role";
import type { ReportFacets } from "@/lib/reports/report-facets";
import type { ReportFilter, ReportQuery } from "@/lib/reports/report-filter";
import type { ReportCount, ReportList } from "@/lib/reports/report-row";

type Viewer = { role: Role };

/** The archive as somebody may see it. Pages and routes read it through these. */
export function viewReports(db: Database, viewer: Viewer, query: ReportQuery): Promise<ReportList> {
  return listReports(db, query, { isMasked: isMaskedFor(viewer) });
}

export function viewReportCount(db: Database, viewer: Viewer, filter: ReportFilter): Promise<ReportCount> {
  return countReports(db, filter, { isMasked: isMaskedFor(viewer) });
}

export async function viewFacets(db: Database, viewer: Viewer): Promise<ReportFacets> {
  const facets = await listFacets(db);
  return isMaskedFor(viewer) ? { ...facets, numbers: [] } : facets;
}
