import { addDays, dayOf } from "@/lib/zones";

/** The periods that have a name. A page that is asked for one keeps the name, so that it means other days tomorrow. */
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

/** A period's days, when `today` is today. */
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

/** A period by its name, or by its first and last day; all null: any time. */
export interface PeriodChoice {
  period: Period | null;
  from: string | null;
  to: string | null;
}

type Asked = { [Name in keyof PeriodChoice]?: PeriodChoice[Name] | undefined };

/** The days that a choice means at `now` (epoch ms), by the clock of a zone; null where there is no end. */
export function toChosenDays(
  { period, from, to }: Asked,
  zone: string,
  now: number,
): Omit<PeriodChoice, "period"> {
  return period ? toDays(period, dayOf(now, zone)) : { from: from ?? null, to: to ?? null };
}
