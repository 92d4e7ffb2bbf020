import "server-only";
import type { Delivery } from "@/db/facts";
import type { Recorded } from "@/db/queries/record-events";
import { noticeAlerts } from "@/lib/alerts/server/notice";
import { allDone } from "@/lib/all-done";
import { noteFigures } from "@/lib/analytics/server/figures";
import { publish } from "@/lib/realtime/server/publish";
import { noteDocument } from "@/lib/reports/server/documents";

/**
 * Whoever is to hear of a recorded delivery does: pages that watch its call, people, should it need them, analytics, the archive.
 * Never throws at once: what goes wrong in the telling must not make an answer of a delivery that is kept a 503.
 */
export async function tellOf(delivery: Delivery, recorded: Recorded): Promise<void> {
  await allDone([
    publish(delivery, recorded),
    noticeAlerts(delivery, recorded),
    noteFigures(recorded),
    noteDocument(recorded),
  ]);
}
