import { z } from "zod";
import { defineSetting } from "@/lib/settings/define-setting";

const seconds = z.number().int().min(1).max(600);

/** From when silence is worth a look, from when it is long, and from when it is an alert; all in seconds. */
export const alertRulesSchema = z
  .object({
    /** Amber on the silence clock. */
    waitingSeconds: seconds,
    /** Red on the silence clock. */
    longSeconds: seconds,
    /** The caller has stopped speaking and the assistant has not begun; null: no alert for it. */
    noAnswerSeconds: seconds.nullable(),
    /** Nobody speaks, whoever spoke last; null: no alert for it. */
    silenceSeconds: seconds.nullable(),
  })
  .refine((rules) => rules.waitingSeconds < rules.longSeconds, {
    path: ["longSeconds"],
    error: "Red must come after amber.",
  });

export type AlertRules = z.infer<typeof alertRulesSchema>;

/** Callers look for card numbers, so silence they may break takes longer than one only the assistant can. */
export const alertRulesSetting = defineSetting("alert-rules", alertRulesSchema, {
  waitingSeconds: 5,
  longSeconds: 10,
  noAnswerSeconds: 10,
  silenceSeconds: 20,
});
