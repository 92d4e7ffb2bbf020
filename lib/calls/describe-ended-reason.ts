import type { EndedGroup } from "@/lib/calls/ended-group";
import { endedReasons } from "@/lib/calls/ended-reasons";
import { vendorNames } from "@/lib/calls/vendor-names";

export interface EndedReason {
  /** Null where nobody knows: Vapi itself, or for codes that neither the list nor their form explains. */
  group: EndedGroup | null;
  words: string;
}

/**
 * Vapi's `endedReason` code → plain words and whose doing it was. Never fails: a code it has not met
 * is spelled out, and grouped only where its form says whose fault it is.
 */
export function describeEndedReason(code: string): EndedReason {
  if (code === "unknown") return { group: null, words: "Vapi does not know why" };
  const known = Object.hasOwn(endedReasons, code) ? endedReasons[code] : undefined;
  if (known) return { group: known[0], words: known[1] };
  const { what, fault } = takeApart(code);
  return { group: groupOf(code, what, fault), words: spell(what) };
}

type Fault = "pipeline" | "vapi" | "provider" | "warm-transfer" | null;

/** `pipeline-error-…`: with our own account at the vendor. `…vapifault-…`: with Vapi's. `…providerfault-…`: the vendor itself. */
const prefixes: ReadonlyArray<readonly [RegExp, Fault]> = [
  [/^pipeline-error-/, "pipeline"],
  [/^call\.[a-z-]+\.error-vapifault-/, "vapi"],
  [/^call\.[a-z-]+\.error-providerfault-/, "provider"],
  [/^call\.[a-z-]+\.error-(?=warm-transfer-)/, "warm-transfer"],
  [/^call\.[a-z-]+\.(error-)?/, null],
];

function takeApart(code: string): { what: string; fault: Fault } {
  for (const [prefix, fault] of prefixes) {
    if (prefix.test(code)) return { what: code.replace(prefix, ""), fault };
  }
  return { what: code, fault: null };
}

/** What a vendor says when keys, credit, plan or settings are wrong: ours to mend, if the account is ours. */
const oursToMend =
  /40[0-4]|429|auth|api-key|credential|quota|credits|payment|funds|plan|blocked|invalid|not-found|not-allowed|only|disabled|missing|limit|fine-tuned|must-be|denied|custom/;
const serverError = /(^|-)5\d\d(-|$)/;
const failure = /error|fail|fault|timed-out|timeout|unavailable|died|missing|refused|denied/;

function groupOf(code: string, what: string, fault: Fault): EndedGroup | null {
  if (fault === "vapi" || fault === "provider") return /^custom-/.test(what) ? "our-fault" : "provider-fault";
  if (fault === "pipeline")
    return oursToMend.test(what) && !serverError.test(what) ? "our-fault" : "provider-fault";
  if (fault === "warm-transfer") return "our-fault";
  if (!failure.test(code)) return null;
  return code.startsWith("call.start.") || code.startsWith("assistant-request")
    ? "our-fault"
    : "provider-fault";
}

function spell(what: string): string {
  for (const [code, name] of vendorNames) {
    if (what.startsWith(`${code}-`)) return `${name}: ${plain(what.slice(code.length + 1))}`;
  }
  const words = plain(what);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** "503-server-overloaded-error" → "server overloaded (503)". */
function plain(tail: string): string {
  const status = /(?:^|-)(\d{3})(?:-|$)/.exec(tail)?.[1];
  const words = tail
    .replace(/^llm-failed$/, "language model failed")
    .replace(/^returning-/, "")
    .replace(/(^|-)\d{3}(-|$)/, "$1$2")
    .replace(/(server-overloaded)-error$/, "$1")
    .split(/[-._]+/)
    .filter(Boolean)
    .map((word) => acronyms.get(word) ?? word)
    .join(" ");
  return status ? `${words} (${status})` : words;
}

const acronyms = new Map(
  ["API", "SIP", "LLM", "JSON", "URI", "AI", "TTS", "STT"].map((word) => [word.toLowerCase(), word]),
);
