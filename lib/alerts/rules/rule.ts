import type { EpisodeKind } from "@/lib/alerts/alert";
import type { AlertRules } from "@/lib/alerts/rules";
import type { Silence } from "@/lib/alerts/silences";

/** A reason for an alert, and when it held (epoch ms). Overlapping reasons form one episode. */
export interface Reason {
  kind: EpisodeKind;
  since: number;
  from: number;
  until: number | null;
}

/** Vapi's warnings, and the speech around them. Epoch ms. */
export interface Warned {
  /** Vapi's warnings, each once. */
  hangs: readonly number[];
  /** The call's end; null while it is live. */
  end: number | null;
  /** The assistant's first sign of speech from a moment on, else the call's end. */
  answerAfter: (at: number) => number | null;
  /** The end of the last speech before a moment; the moment itself while someone is speaking. */
  lastHeard: (at: number) => number;
}

/** The speech of a call, as rules need it. */
export interface Speech extends Warned {
  silences: readonly Silence[];
}

/** Facts about a delivery that need no query. */
export interface Delivered {
  hasHang: boolean;
  /** How long the call had been quiet before it; 0 while someone was speaking. */
  quietMs: number;
}

/** One kind of alert: when it begins and ends, and its texts. Its SQL is in db/queries/alerts/read.ts. */
export interface AlertRule {
  kind: EpisodeKind;
  label: string;
  /** The caller's situation; follows "Call from …". */
  sentence: string;
  /** Its threshold in seconds, which an admin sets; null for a rule without one. */
  setting: { name: SecondsName; label: string } | null;
  findReasons: (speech: Speech, rules: AlertRules) => Reason[];
  /** Whether a delivery may open such an alert. */
  mayOpen: (delivered: Delivered, rules: AlertRules) => boolean;
  /** The threshold (seconds) that a continuing silence has reached; null if the rule does not apply, or not yet. */
  clock: (silence: { ms: number; after: Silence["after"] }, rules: AlertRules) => number | null;
}

/** The thresholds that can be turned off. */
type SecondsName = {
  [Name in keyof AlertRules]: null extends AlertRules[Name] ? Name : never;
}[keyof AlertRules];

interface SilenceRule extends Pick<AlertRule, "kind" | "label" | "sentence"> {
  setting: NonNullable<AlertRule["setting"]>;
  /** Whether a silence after this speaker counts. */
  isAfter: (after: Silence["after"]) => boolean;
  until: (silence: Silence, speech: Speech) => number | null;
}

/**
 * Defines a rule for silence of a certain length. Used for stored speech, for the browser's clock and for the check
 * that precedes any query.
 */
export function defineSilenceRule({ isAfter, until, ...rule }: SilenceRule): AlertRule {
  const lasted = (ms: number, seconds: number | null): seconds is number =>
    seconds !== null && ms >= seconds * 1_000;
  const secondsIn = (rules: AlertRules) => rules[rule.setting.name];
  return {
    ...rule,
    findReasons: (speech, rules) =>
      speech.silences.flatMap((silence) => {
        const seconds = secondsIn(rules);
        const { since } = silence;
        if (!isAfter(silence.after) || !lasted(silence.until - since, seconds)) return [];
        return [{ kind: rule.kind, since, from: since + seconds * 1_000, until: until(silence, speech) }];
      }),
    mayOpen: ({ quietMs }, rules) => lasted(quietMs, secondsIn(rules)),
    clock: ({ ms, after }, rules) => {
      const seconds = secondsIn(rules);
      return isAfter(after) && lasted(ms, seconds) ? seconds : null;
    },
  };
}
