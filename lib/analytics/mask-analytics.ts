import type { Analytics } from "@/lib/analytics/analytics";
import { maskNumber } from "@/lib/calls/mask-number";

/** Analytics as viewers see them: numbers can be told apart, but are not known. */
export function maskAnalytics(analytics: Analytics): Analytics {
  return {
    ...analytics,
    numbers: analytics.numbers.map((one) => ({ ...one, key: one.key && maskNumber(one.key) })),
  };
}
