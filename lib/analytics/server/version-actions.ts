import "server-only";
import { findVersionAlert, updateVersionAlertActions } from "@/db/queries/analytics/version-alerts";
import type { Actionable } from "@/lib/alerts/server/perform";
import { type VersionAlert, versionAlertTitle } from "@/lib/analytics/version-alert";

/** Actions on version alerts. */
export const versionAlertActions: Actionable<VersionAlert> = {
  what: "alert",
  actions: {
    acknowledge: "version-alert.acknowledged",
    assign: "version-alert.assigned",
    snooze: "version-alert.snoozed",
    note: "version-alert.noted",
    resolve: "version-alert.resolved",
  },
  find: findVersionAlert,
  update: updateVersionAlertActions,
  toSubjectRef: (versionAlertId) => ({ versionAlertId }),
  toAudit: (alert) => ({ target: versionAlertTitle(alert) }),
};
