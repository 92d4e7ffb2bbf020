import type { ActsState } from "@/lib/alerts/alert-acts";

/** Nobody has done anything yet. */
export const noActs: ActsState = {
  version: 0,
  acknowledged: null,
  assignee: null,
  snoozedUntil: null,
  resolved: null,
  log: [],
};
