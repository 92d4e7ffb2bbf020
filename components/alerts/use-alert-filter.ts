"use client";

import { useQuery } from "@tanstack/react-query";
import { createParser, useQueryStates } from "nuqs";
import type * as z from "zod";
import type { FilterChip } from "@/components/filters/filter-chips";
import { alertKinds } from "@/lib/alerts/alert";
import { type AlertFilterName, type AlertNarrowing, alertFilters, toAlertParams } from "@/lib/alerts/filter";
import { assigneesQuery } from "@/lib/alerts/queries";
import { alertLabel } from "@/lib/alerts/rules";
import { reportFacetsQuery } from "@/lib/reports/queries";
import { ownZone } from "@/lib/zones";

/** A value that does not match the schema counts as unset. */
function toParser<Value>(schema: z.ZodType<Value>) {
  return createParser<Value & {}>({
    parse: (text) => schema.safeParse(text).data ?? null,
    serialize: String,
    eq: (a, b) => String(a) === String(b),
  });
}

type ValueOf<Name extends AlertFilterName> = NonNullable<z.output<(typeof alertFilters)[Name]>>;
type Parsers = { [Name in AlertFilterName]: ReturnType<typeof toParser<ValueOf<Name>>> };

// Object.fromEntries loses which name has which schema.
const parsers = Object.fromEntries(
  Object.entries(alertFilters).map(([name, schema]) => [name, toParser<unknown>(schema)]),
) as unknown as Parsers;

const noFilter = Object.fromEntries(Object.keys(alertFilters).map((name) => [name, null]));

/** The filter of the alert history in the URL, with a setter. */
export function useAlertFilter() {
  const [values, setValues] = useQueryStates(parsers, { history: "replace" });
  const known = Object.entries(values).filter(([, value]) => value !== null);
  const filter: AlertNarrowing = Object.fromEntries(known);
  return {
    filter,
    params: toAlertParams(values),
    period: { period: values.period, from: values.from, to: values.to },
    change: (change: Partial<typeof values>) => {
      const next = { ...values, ...change };
      const hasDays = next.period !== null || next.from !== null || next.to !== null;
      void setValues({ ...next, zone: hasDays ? (next.zone ?? ownZone()) : null });
    },
    clear: () => void setValues(noFilter),
  };
}

const kindOptions = alertKinds.map((kind) => ({ value: kind, label: alertLabel(kind) }));

/** The filters as chips; assistants and owners are chosen by name. */
export function useAlertChips({ filter, change }: ReturnType<typeof useAlertFilter>): FilterChip[] {
  const { data: facets } = useQuery(reportFacetsQuery);
  const { data: people } = useQuery(assigneesQuery);
  const assistants = (facets?.assistants ?? []).map(({ id, name }) => ({ value: id, label: name }));
  const owners = (people ?? []).map(({ id, name }) => ({ value: id, label: name }));
  const { kind, assistant, owner } = filter;
  const nameOf = (options: typeof owners, value: string | undefined) =>
    value === undefined ? null : (options.find((option) => option.value === value)?.label ?? value);
  return [
    {
      name: "kind",
      label: "Kind",
      words: kind?.map(alertLabel).join(", ") ?? null,
      editor: {
        kind: "many",
        options: kindOptions,
        values: kind ?? [],
        onChange: (values) => change({ kind: parsers.kind.parse(values.join()) }),
      },
      clear: () => change({ kind: null }),
    },
    {
      name: "assistant",
      label: "Assistant",
      words: nameOf(assistants, assistant),
      editor: {
        kind: "one",
        options: assistants,
        value: assistant ?? null,
        onChange: (value) => change({ assistant: value }),
      },
      clear: () => change({ assistant: null }),
    },
    {
      name: "owner",
      label: "Owner",
      words: nameOf(owners, owner),
      editor: {
        kind: "one",
        options: owners,
        value: owner ?? null,
        onChange: (value) => change({ owner: value }),
      },
      clear: () => change({ owner: null }),
    },
  ];
}
