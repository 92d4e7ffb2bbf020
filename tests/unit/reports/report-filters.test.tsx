import { NuqsTestingAdapter } from "nuqs/adapters/testing";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { FilterChips } from "@/components/filters/filter-chips";
import { PeriodButton } from "@/components/filters/period-button";
import { useReportChips } from "@/components/reports/use-report-chips";
import { useReportParams } from "@/components/reports/use-report-filter";
import { type reportFilters, reportQuerySchema, toReportParams } from "@/lib/reports/filter";

const facets = { assistants: [], numbers: ["+15550100900"], tags: ["urgent", "billing"] };

/** A value of every filter, in the order of the URL. */
const everything = {
  q: '"lost parcel"',
  period: "week",
  from: "2026-03-01",
  to: "2026-03-31",
  zone: "Europe/Berlin",
  assistant: "intake",
  version: "7",
  number: "+15550100900",
  group: "our-fault,provider-fault",
  reason: "customer-ended-call",
  weekday: "3",
  hour: "0",
  minSeconds: "1.5",
  maxSeconds: "60",
  minCost: "0.1",
  maxCost: "2",
  success: "unknown",
  hang: "no",
  tag: "urgent,billing",
  score: "4,5",
  sort: "longest",
} satisfies Record<keyof typeof reportFilters | "sort", string>;

const url = new URLSearchParams(everything).toString();

function Params() {
  return useReportParams();
}

const render = (search: string, page: React.ReactNode) =>
  renderToStaticMarkup(<NuqsTestingAdapter searchParams={search}>{page}</NuqsTestingAdapter>);

test("report filters: every filter in the URL reaches the API unchanged, and nothing else does", () => {
  const asked = render(url, <Params />).replaceAll("&amp;", "&");
  expect(asked).toBe(url);
  expect(toReportParams(reportQuerySchema.parse(Object.fromEntries(new URLSearchParams(asked))))).toBe(url);
});

test("report filters: a value that fits no schema is ignored", () => {
  const bent = "hour=24&weekday=x&hang=maybe&group=nobody&minCost=-1&zone=%2B02%3A00&q=parcel";
  expect(render(bent, <Params />)).toBe("q=parcel");
});

function Chips() {
  return <FilterChips filters={useReportChips(facets)} />;
}

const chipsOf = (search: string) =>
  [...render(search, <Chips />).matchAll(/aria-label="Remove filter ([^"]*)"/g)].map(([, words]) => words);

test("report filters: each filter in the URL has a chip that describes the choice in words", () => {
  expect(chipsOf(url)).toEqual([
    "Assistant: intake",
    "Version: 7",
    "Our number: +1 555 010 0900",
    "Outcome: Our fault, Provider’s fault",
    "End reason: The caller hung up",
    "Weekday: Wednesdays",
    "Hour of the day: 00:00",
    "Length: 1.5–60 s",
    "Cost: $0.1–2",
    "Success: Not evaluated",
    "Hangs: Without hangs",
    "Tag: urgent, billing",
    "Score: 4 of 5, 5 of 5",
  ]);
});

test("report filters: without filters there are no chips, only the button to add one", () => {
  expect(chipsOf("sort=longest")).toEqual([]);
  expect(render("", <Chips />)).toContain("Filter</button>");
});

test("report filters: a range with one bound shows only that bound", () => {
  expect(chipsOf("minSeconds=60&maxCost=0.5")).toEqual(["Length: ≥ 60 s", "Cost: ≤ $0.5"]);
});

test("report filters: the period is shown by its name or its dates", () => {
  const shown = (period: Parameters<typeof PeriodButton>[0]["value"]) =>
    /aria-label="Period: ([^"]*)"/.exec(
      renderToStaticMarkup(<PeriodButton value={period} onChange={() => undefined} />),
    )?.[1];
  expect(shown({ period: "week", from: null, to: null })).toBe("Last 7 days");
  expect(shown({ period: null, from: "2026-03-01", to: "2026-03-04" })).toBe("1 Mar 2026 – 4 Mar 2026");
  expect(shown({ period: null, from: "2026-03-01", to: null })).toBe("From 1 Mar 2026");
  expect(shown({ period: null, from: null, to: "2026-03-01" })).toBe("Until 1 Mar 2026");
  expect(shown({ period: null, from: null, to: null })).toBe("Any time");
});
