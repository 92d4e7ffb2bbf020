import "server-only";
import type { Database } from "@/db/client";
import { countReports, listFacets } from "@/db/queries/reports/count";
import { listReports } from "@/db/queries/reports/list";
import { getReview } from "@/db/queries/reports/review";
import { listReportViews } from "@/db/queries/reports/views";
import { isMaskedFor } from "@/lib/auth/permissions";
import type { Role } from "@/lib/auth/roles";
import { maskText } from "@/lib/calls/mask-text";
import type { ReportCount, ReportList, ReportView } from "@/lib/reports/columns";
import type { ReportFacets, ReportFilter, ReportQuery } from "@/lib/reports/filter";
import type { Review } from "@/lib/reports/review";

type Viewer = { role: Role };

/** Reads the archive with the masking of the viewer's role. Pages and routes read it only through these functions. */
export function viewReports(db: Database, viewer: Viewer, query: ReportQuery): Promise<ReportList> {
  return listReports(db, query, { isMasked: isMaskedFor(viewer) });
}

export function viewReportCount(db: Database, viewer: Viewer, filter: ReportFilter): Promise<ReportCount> {
  return countReports(db, filter, { isMasked: isMaskedFor(viewer) });
}

export function viewFacets(db: Database, viewer: Viewer): Promise<ReportFacets> {
  return listFacets(db, { isMasked: isMaskedFor(viewer) });
}

/**
 * Returns a person's own saved filters and the shared ones. Viewers see other people's with numbers and addresses in
 * the search masked.
 */
export async function viewReportViews(
  db: Pick<Database, "select">,
  viewer: { id: string; role: Role },
): Promise<ReportView[]> {
  const views = await listReportViews(db, viewer.id);
  return isMaskedFor(viewer) ? views.map((view) => (view.isMine ? view : maskView(view))) : views;
}

/** Free-text filters, which may contain caller data. */
const typed: ReadonlySet<string> = new Set(["q", "number", "tag"]);

function maskView(view: ReportView): ReportView {
  const asked = [...new URLSearchParams(view.query)].map(([key, value]) => [
    key,
    typed.has(key) ? maskText(value) : value,
  ]);
  return { ...view, name: maskText(view.name), query: new URLSearchParams(asked).toString() };
}

/** Returns a call's review, masked for viewers: notes and tags may name the caller. Null if there is no such call. */
export async function viewReview(
  db: Database,
  viewer: { role: Role },
  callId: string,
): Promise<Review | null> {
  const found = await getReview(db, callId);
  if (!found || !isMaskedFor(viewer)) return found?.review ?? null;
  const { review, name } = found;
  return {
    ...review,
    tags: review.tags.map((tag) => maskText(tag, [name])),
    notes: review.notes.map((note) => ({ ...note, text: maskText(note.text, [name]) })),
  };
}
