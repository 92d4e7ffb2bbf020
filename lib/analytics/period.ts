/** The periods that have a name. */
export const periods = {
  today: "Today",
  yesterday: "Yesterday",
  week: "Last 7 days",
  month: "Last 30 days",
  quarter: "Last 90 days",
  "this-month": "This month",
  "last-month": "Last month",
} as const;

export type Period = keyof typeof periods;

export interface Days {
  /** Like "2026-08-31", both included. */
  from: string;
  to: string;
}

/** A period's days, when `today` is today. */
export function toDays(period: Period, today: string): Days {
  return daysOf[period](today);
}

const daysOf: Readonly<Record<Period, (today: string) => Days>> = {
  today: (today) => ({ from: today, to: today }),
  yesterday: (today) => ({ from: shift(today, -1), to: shift(today, -1) }),
  week: (today) => ({ from: shift(today, -6), to: today }),
  month: (today) => ({ from: shift(today, -29), to: today }),
  quarter: (today) => ({ from: shift(today, -89), to: today }),
  "this-month": (today) => ({ from: `${today.slice(0, 8)}01`, to: today }),
  "last-month": (today) => {
    const to = shift(`${today.slice(0, 8)}01`, -1);
    return { from: `${to.slice(0, 8)}01`, to };
  },
};

function shift(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}
