import "server-only";
import { db } from "@/db/client";
import type { Delivery } from "@/db/facts";
import type { Recorded } from "@/db/queries/record-events";
import type { CallRow } from "@/db/schema/calls";
import { concernsAlerts } from "@/lib/alerts/concerns-alerts";
import { getAlertRules, rememberedAlertRules } from "@/lib/alerts/get-alert-rules";
import type { Look } from "@/lib/alerts/look";
import { type Updated, updateAlerts } from "@/lib/alerts/update-alerts";
import { gather } from "@/lib/gather";
import { describeError, log } from "@/lib/log";
import { sendDue } from "@/lib/notifications/send-due";
import { publishAlerts } from "@/lib/realtime/publish-alerts";

/**
 * What a recorded delivery means for its call's alerts: keeps it, and tells whoever watches, and whoever is to be told;
 * null where it means nothing, as nearly all do. Never rejects: what fails here is made up for by the tick.
 */
export function noticeAlerts(delivery: Delivery, { isFresh, call }: Recorded): Promise<void> | null {
  if (!isFresh || !call) return null;
  const rules = rememberedAlertRules();
  return rules && !concernsAlerts(delivery, call, rules) ? null : notice(delivery, call);
}

async function notice(delivery: Delivery, call: CallRow): Promise<void> {
  try {
    if (!concernsAlerts(delivery, call, await getAlertRules(db))) return;
    // As of the call's own clock: deliveries that come late, or are replayed, must not look like silence.
    await lookSoon({ callId: call.id, now: call.lastEventAt });
  } catch (cause) {
    log("error", "an alert may not be noticed before the next tick", {
      callId: call.id,
      ...describeError(cause),
    });
  }
}

interface Waiting {
  look: Look;
  done: Promise<void>;
}

/** Looks that have been asked for and have not begun. */
const waiting = new Map<string, Waiting>();

/** Who asked is done when all is told; the next look does not wait for that. */
const lookTogether = gather(
  async (looks: Look[]) => {
    for (const { callId } of looks) waiting.delete(callId);
    const announced = announce(await updateAlerts(db, looks));
    return looks.map(() => announced);
  },
  ({ callId }) => [callId],
);

/**
 * Looks at a call once more, together with whatever other calls are to be looked at: when all calls hang at once, each of
 * their events asks for it. One look sees what all those before it have told.
 */
function lookSoon(look: Look): Promise<void> {
  const known = waiting.get(look.callId);
  if (known) {
    if (look.now > known.look.now) known.look.now = look.now;
    return known.done;
  }
  const done = lookTogether(look).then((announced) => announced);
  waiting.set(look.callId, { look, done });
  return done;
}

/** Tells whoever watches of changed alerts, and sends what is due. */
export async function announce({ changed, isAnyNew }: Updated): Promise<void> {
  await Promise.all([publishAlerts(changed), isAnyNew ? sendDue(db) : null]);
}
