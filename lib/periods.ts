import { addDays, dayOf } from "@/lib/zones";

/** Named periods. A page keeps the name rather than the days, so that the same URL means different days tomorrow. */
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

export const periodNames = Object.keys(periods) as [Period, ...Period[]];

export interface Days {
  /** Like "2026-08-31", both included. */
  from: string;
  to: string;
}

/** Returns the days of a period, given today's date. */
export function toDays(period: Period, today: string): Days {
  return daysOf[period](today);
}

const daysOf: Readonly<Record<Period, (today: string) => Days>> = {
  today: (today) => ({ from: today, to: today }),
  yesterday: (today) => ({ from: addDays(today, -1), to: addDays(today, -1) }),
  week: (today) => ({ from: addDays(today, -6), to: today }),
  month: (today) => ({ from: addDays(today, -29), to: today }),
  quarter: (today) => ({ from: addDays(today, -89), to: today }),
  "this-month": (today) => ({ from: `${today.slice(0, 8)}01`, to: today }),
  "last-month": (today) => {
    const to = addDays(`${today.slice(0, 8)}01`, -1);
    return { from: `${to.slice(0, 8)}01`, to };
  },
};

/** A named period, or a first and a last day. All null means any time. */
export interface PeriodChoice {
  period: Period | null;
  from: string | null;
  to: string | null;
}

type Asked = { [Name in keyof PeriodChoice]?: PeriodChoice[Name] | undefined };

/** Returns the days of a choice at `now` (epoch ms) in a time zone; null on a side without a limit. */
export function toChosenDays(
  { period, from, to }: Asked,
  zone: string,
  now: number,
): Omit<PeriodChoice, "period"> {
  return period ? toDays(period, dayOf(now, zone)) : { from: from ?? null, to: to ?? null };
}
