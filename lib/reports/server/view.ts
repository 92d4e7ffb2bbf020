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

/** The archive as somebody may see it. Pages and routes read it through these. */
export function viewReports(db: Database, viewer: Viewer, query: ReportQuery): Promise<ReportList> {
  return listReports(db, query, { isMasked: isMaskedFor(viewer) });
}

export function viewReportCount(db: Database, viewer: Viewer, filter: ReportFilter): Promise<ReportCount> {
  return countReports(db, filter, { isMasked: isMaskedFor(viewer) });
}

export function viewFacets(db: Database, viewer: Viewer): Promise<ReportFacets> {
  return listFacets(db, { isMasked: isMaskedFor(viewer) });
}

/** A person's own views and the shared ones. Of others' views viewers see no number or address that is searched for. */
export async function viewReportViews(
  db: Pick<Database, "select">,
  viewer: { id: string; role: Role },
): Promise<ReportView[]> {
  const views = await listReportViews(db, viewer.id);
  return isMaskedFor(viewer) ? views.map((view) => (view.isMine ? view : maskView(view))) : views;
}

/** What is typed, and may be somebody's. */
const typed: ReadonlySet<string> = new Set(["q", "number", "tag"]);

function maskView(view: ReportView): ReportView {
  const asked = [...new URLSearchParams(view.query)].map(([key, value]) => [
    key,
    typed.has(key) ? maskText(value) : value,
  ]);
  return { ...view, name: maskText(view.name), query: new URLSearchParams(asked).toString() };
}

/** What people make of a call, as somebody may see it: a note or a tag may well name the caller. Null when there is no such call. */
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
