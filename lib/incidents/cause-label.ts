import { describeEndedReason } from "@/lib/calls/ended-reason";
import { formatCost, formatCount, formatMs, formatPhoneNumber } from "@/lib/format";
import type { Cause, CauseKind, WatchedMetric } from "@/lib/incidents/incident";

/** Parts of a call that can fail. `response`: the assistant did not speak, for an unknown reason. */
const stageLabels: Readonly<Record<string, string>> = {
  transport: "Phone line",
  transcriber: "Transcription",
  model: "Model",
  voice: "Voice",
  webhook: "Our webhook",
  tool: "Tools",
  assistant: "Assistant settings",
  transfer: "Transfers",
  account: "Vapi account",
  platform: "Vapi",
  response: "No response",
};

export const stageLabel = (stage: string) => stageLabels[stage] ?? stage;

/**
 * The readable name of a cause's value.
 * @param names assistants' names, by the value they are grouped by
 */
export function causeLabel(kind: CauseKind, value: string, names: ReadonlyMap<string, string>): string {
  switch (kind) {
    case "assistant":
      return names.get(value) ?? value;
    case "version": {
      const [assistant = "", version = ""] = splitVersion(value);
      return `${names.get(assistant) ?? assistant} ${version}`;
    }
    case "number":
      return formatPhoneNumber(value);
    case "end-reason":
      return describeEndedReason(value).words;
    case "stage":
      return stageLabel(value);
    case "provider":
    case "tool":
      return value;
    case "account":
      return "All calls";
  }
}

/** A version belongs to an assistant, so its value names both. */
export const versionValue = (assistant: string, version: string) => `${assistant}@${version}`;

/** Returns the assistant a cause is about, or null. */
export function causeAssistant({ kind, value }: Pick<Cause, "kind" | "value">): string | null {
  if (kind === "version") return splitVersion(value)[0];
  return kind === "assistant" ? value : null;
}

function splitVersion(value: string): [assistant: string, version: string] {
  const at = value.lastIndexOf("@");
  return [value.slice(0, at), value.slice(at + 1)];
}

const kindLabels: Readonly<Record<Exclude<CauseKind, "end-reason" | "stage">, string>> = {
  assistant: "Assistant",
  version: "Assistant version",
  number: "Our number",
  tool: "Tool",
  provider: "Provider",
  account: "",
};

const metricLabels: Readonly<Record<WatchedMetric, string>> = {
  volume: "No calls",
  response: "Slow responses",
  cost: "Expensive calls",
};

/** "Provider ElevenLabs"; "No calls · Our number +1 555 …". End reasons and stages need no kind before them. */
export function causeTitle({ kind, label, metric }: Pick<Cause, "kind" | "label" | "metric">): string {
  const what = kind === "end-reason" || kind === "stage" ? label : `${kindLabels[kind]} ${label}`.trim();
  return metric ? `${metricLabels[metric.name]} · ${what}` : what;
}

/** "p95 3.2 s, usually 1.1 s". For volume, `usual` is the number of calls expected. */
function describeMetric({ name, now, usual }: NonNullable<Cause["metric"]>): string {
  switch (name) {
    case "volume":
      return `None for ${Math.round(now / 60_000)} min; usually ${Math.round(usual)} in that time`;
    case "response":
      return `p95 ${formatMs(now)}, usually ${formatMs(usual)}`;
    case "cost":
      return `${formatCost(now)} a call, usually ${formatCost(usual)}`;
  }
}

/** Kinds that are defined by the failure itself: all of their calls failed, and no other calls did. */
const isOwnEvidence = (kind: CauseKind) => kind === "stage" || kind === "end-reason";

/**
 * "41 of 44 calls affected; 3 of 63 other calls"; "41 of 104 calls affected" for a cause that is the failure itself; for a metric,
 * its value and what is usual.
 */
export function describeEvidence({
  kind,
  evidence: { with: inside, without },
  metric,
}: Pick<Cause, "kind" | "evidence" | "metric">): string {
  if (metric) return describeMetric(metric);
  if (isOwnEvidence(kind) && without.failed === 0) {
    return `${inside.failed.toLocaleString("en")} of ${formatCount(inside.total + without.total, "call")} affected`;
  }
  const others =
    without.total === 0
      ? "no other calls"
      : `${without.failed.toLocaleString("en")} of ${formatCount(without.total, "other call")}`;
  return `${inside.failed.toLocaleString("en")} of ${formatCount(inside.total, "call")} affected; ${others}`;
}
