import * as z from "zod";
import { type Alert, alertKinds } from "@/lib/alerts/alert";
import { commaList } from "@/lib/http/comma-list";
import { openedCursorSchema } from "@/lib/keyset";
import { periodNames, toChosenDays } from "@/lib/periods";
import { dayOf, daySchema, zoneSchema } from "@/lib/zones";

const text200 = z
  .string()
  .max(200)
  .regex(/^[^\0]*$/, "Text must not contain NUL.");

/** Alert filters, shared by the page's URL and the API. */
export const alertFilters = {
  /** Any of these, separated by commas. */
  kind: commaList(z.enum(alertKinds), alertKinds.length),
  /** The assistant's id, or its name if it has none. */
  assistant: text200,
  /** The id of the assignee. */
  owner: text200,
  /** Filters by when the alert opened. */
  period: z.enum(periodNames),
  /** Whole days in `zone`, inclusive. */
  from: daySchema,
  to: daySchema,
  zone: zoneSchema,
} as const;

export type AlertFilterName = keyof typeof alertFilters;

/** An alert filter as it appears in the URL. */
export const alertFilterSchema = z.object({
  /** `ongoing`: open alerts, and resolved ones whose cause continues. */
  state: z.enum(["open", "ongoing", "all"]).default("open"),
  callId: z.string().max(200).optional(),
  ...z.object(alertFilters).partial().shape,
  cursor: openedCursorSchema.optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});

export type AlertFilter = z.infer<typeof alertFilterSchema>;

export type AlertNarrowing = Partial<Pick<AlertFilter, AlertFilterName>>;

/** Whether an alert passes a filter at `now` (epoch ms). Applies the same conditions as the history query. */
export function matchesFilter(
  { kind, call, acts, openedAt }: Alert,
  filter: AlertNarrowing,
  now: number,
): boolean {
  const zone = filter.zone ?? "UTC";
  const { from, to } = toChosenDays(filter, zone, now);
  const day = dayOf(Date.parse(openedAt), zone);
  return (
    (filter.kind?.includes(kind) ?? true) &&
    (filter.assistant === undefined || (call.assistantId ?? call.assistantName) === filter.assistant) &&
    (filter.owner === undefined || acts.assignee?.id === filter.owner) &&
    (from === null || day >= from) &&
    (to === null || day <= to)
  );
}

/** Serializes a filter; equal filters give equal text. */
export function toAlertParams(values: Partial<Record<AlertFilterName, unknown>>): string {
  const params = new URLSearchParams();
  for (const name of Object.keys(alertFilters) as AlertFilterName[]) {
    const value = values[name];
    const text = Array.isArray(value) ? value.join(",") : String(value ?? "");
    if (text !== "") params.set(name, text);
  }
  return params.toString();
}
