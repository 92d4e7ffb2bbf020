import { z } from "zod";
import { defineSetting } from "@/lib/settings/define-setting";
import { timeOfDaySchema } from "@/lib/settings/time-of-day-schema";
import { zoneSchema } from "@/lib/settings/zone-schema";

/** Monday is 1, Sunday 7, as in ISO 8601. */
const weekday = z.number().int().min(1).max(7);

/** When a campaign may dial, by the clock of whoever is dialled. */
export const dialingRulesSchema = z
  .object({
    weekdays: z.array(weekday).max(7),
    from: timeOfDaySchema,
    to: timeOfDaySchema,
    /** Where the clock hangs for numbers that begin so: the longest prefix decides before the number's country. */
    zones: z
      .array(
        z.object({ prefix: z.string().regex(/^\+\d{1,14}$/, "A prefix is like +1212."), zone: zoneSchema }),
      )
      .max(500),
  })
  .refine(({ from, to }) => from < to, "The hours must end after they begin, on the same day.");

export type DialingRules = z.infer<typeof dialingRulesSchema>;

/** What no law on telephone sales known to us forbids. */
export const dialingRulesSetting = defineSetting("dialing-rules", dialingRulesSchema, {
  weekdays: [1, 2, 3, 4, 5],
  from: "09:00",
  to: "20:00",
  zones: [],
});
