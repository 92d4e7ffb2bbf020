import type { DeliveryOutcome, ForwardingBody, Target } from "@/lib/forwarding/target";

export const bodyLabels: Readonly<Record<ForwardingBody, string>> = {
  trimmed: "Trimmed: only the message’s own fields",
  whole: "Whole: with the call and the full report",
  mapped: "Mapped: fields of your choice",
};

export const shortBodyLabels: Readonly<Record<ForwardingBody, string>> = {
  trimmed: "trimmed",
  whole: "whole",
  mapped: "mapped",
};

export const outcomeLabels: Readonly<Record<DeliveryOutcome, string>> = {
  delivered: "Delivered",
  failed: "Failed",
  "given-up": "Given up",
  skipped: "Skipped",
};

/** Sums up in a few words what is sent to a target. */
export function describeScope({
  types,
  sendsAlerts,
  assistants,
}: Pick<Target, "types" | "sendsAlerts" | "assistants">) {
  const events =
    types === null ? ["all events"] : types.length > 3 ? [`${types.length} message types`] : types;
  const what = [...events, ...(sendsAlerts ? ["alerts"] : [])];
  const of = assistants.length === 0 ? "" : ` of ${assistants.join(", ")}`;
  return `${what.length > 0 ? what.join(", ") : "nothing"}${of}`;
}
