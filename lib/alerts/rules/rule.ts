import type { EpisodeKind } from "@/lib/alerts/alert";
import type { AlertRules } from "@/lib/alerts/rules";
import type { Silence } from "@/lib/alerts/silences";

/** One reason to look, from when it held until it did not; epoch ms. Reasons that overlap are one episode. */
export interface Reason {
  kind: EpisodeKind;
  since: number;
  from: number;
  until: number | null;
}

/** Vapi's warnings of a call and what was heard around them. Epoch ms. */
export interface Warned {
  /** Vapi's warnings, each once. */
  hangs: readonly number[];
  /** Of the call; null while it lives. */
  end: number | null;
  /** The assistant's first sign of life from a moment on, else the call's end. */
  answerAfter: (at: number) => number | null;
  /** The end of the last speech before a moment; the moment itself while somebody speaks. */
  lastHeard: (at: number) => number;
}

/** What was heard on a call, as rules ask for it. */
export interface Speech extends Warned {
  silences: readonly Silence[];
}

/** What can be known of a delivery without asking the database. */
export interface Delivered {
  hasHang: boolean;
  /** How long it had been quiet on the call when it came; 0 while somebody spoke. */
  quietMs: number;
}

/** One kind of alert: when it begins and ends, and its words. Its SQL stands in db/queries/alerts/read.ts. */
export interface AlertRule {
  kind: EpisodeKind;
  label: string;
  /** What a caller is going through, after "Call from …". */
  sentence: string;
  /** After how many seconds, as an admin sets it; null for a rule that has nothing to set. */
  setting: { name: SecondsName; label: string } | null;
  findReasons: (speech: Speech, rules: AlertRules) => Reason[];
  /** Whether a delivery may open such an alert. */
  mayOpen: (delivered: Delivered, rules: AlertRules) => boolean;
  /** After how many seconds a silence that still lasts is such an alert; null where it is none, or not yet. */
  clock: (silence: { ms: number; after: Silence["after"] }, rules: AlertRules) => number | null;
}

/** The thresholds that may be switched off. */
type SecondsName = {
  [Name in keyof AlertRules]: null extends AlertRules[Name] ? Name : never;
}[keyof AlertRules];

interface SilenceRule extends Pick<AlertRule, "kind" | "label" | "sentence"> {
  setting: NonNullable<AlertRule["setting"]>;
  /** Whether silence after this voice counts. */
  isAfter: (after: Silence["after"]) => boolean;
  until: (silence: Silence, speech: Speech) => number | null;
}

/** A rule that says how long it may be silent: once, for what was heard, for the browser's clock and before the database is asked. */
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
