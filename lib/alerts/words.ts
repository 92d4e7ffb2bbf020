import type { Alert, AlertKind } from "@/lib/alerts/alert";
import { callTitle } from "@/lib/calls/call";

/** What a caller is going through, after "Call from …". */
export const kindWords: Readonly<Record<AlertKind, string>> = {
  hang: "is hanging",
  "no-answer": "is waiting for an answer",
  silence: "is silent",
};

/** "Call from +1 555 010 0103 is hanging". */
export function describeAlert({ call, kind }: Pick<Alert, "call" | "kind">): string {
  const title = callTitle(call);
  return `${title === "Web call" ? "Web call" : `Call from ${title}`} ${kindWords[kind]}`;
}
