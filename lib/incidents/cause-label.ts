import { describeEndedReason } from "@/lib/calls/ended-reason";
import { formatPhoneNumber } from "@/lib/format";
import type { Cause, CauseKind } from "@/lib/incidents/incident";

/** Parts of a call that can fail. `response`: the assistant did not speak, and it is not known why. */
const stageLabels: Readonly<Record<string, string>> = {
  transport: "Phone line",
  transcriber: "Transcription",
  model: "Model",
  voice: "Voice",
  assistant: "Assistant request",
  response: "No response",
};

/** What people call a cause's value. `names`: assistants by what they are grouped by. */
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
      return stageLabels[value] ?? value;
    case "provider":
      return value;
  }
}

/** A version is one of an assistant's. */
export const versionValue = (assistant: string, version: string) => `${assistant}@${version}`;

function splitVersion(value: string): [assistant: string, version: string] {
  const at = value.lastIndexOf("@");
  return [value.slice(0, at), value.slice(at + 1)];
}

const kindLabels: Readonly<Record<Exclude<CauseKind, "end-reason" | "stage">, string>> = {
  assistant: "Assistant",
  version: "Assistant version",
  number: "Our number",
  provider: "Provider",
};

/** "Provider ElevenLabs". End reasons and parts of calls say what they are themselves. */
export function causeTitle({ kind, label }: Pick<Cause, "kind" | "label">): string {
  return kind === "end-reason" || kind === "stage" ? label : `${kindLabels[kind]} ${label}`;
}

/** "41 of 44 failed; 3 of 63 other calls". */
export function describeEvidence({ with: inside, without }: Cause["evidence"]): string {
  const others = without.total === 0 ? "no other calls" : `${without.failed} of ${without.total} other calls`;
  return `${inside.failed} of ${inside.total} calls affected; ${others}`;
}
