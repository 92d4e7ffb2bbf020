import { NuqsTestingAdapter } from "nuqs/adapters/testing";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { MoreFilters, moreFilters } from "@/components/reports/more-filters";
import { useReportParams } from "@/components/reports/use-report-filter";
import { type reportFilters, reportQuerySchema, toReportParams } from "@/lib/reports/filter";

const facets = { assistants: [], numbers: ["+15550100900"], tags: ["urgent", "billing"] };

/** A value of every filter, in the order of the URL. */
const everything = {
  q: '"lost parcel"',
  from: "2026-03-01",
  to: "2026-03-31",
  zone: "Europe/Berlin",
  assistant: "intake",
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

test("report filters: every filter of a URL asks the API the same, and nothing more", () => {
  const asked = render(url, <Params />).replaceAll("&amp;", "&");
  expect(asked).toBe(url);
  expect(toReportParams(reportQuerySchema.parse(Object.fromEntries(new URLSearchParams(asked))))).toBe(url);
});

test("report filters: what fits no schema is as good as not there", () => {
  const bent = "hour=24&weekday=x&hang=maybe&group=nobody&minCost=-1&zone=%2B02%3A00&q=parcel";
  expect(render(bent, <Params />)).toBe("q=parcel");
});

test("report filters: one of a few shows what the URL says", () => {
  const page = render(url, <MoreFilters facets={facets} />);
  const chosen = [...page.matchAll(/<option[^>]* selected=""[^>]*>([^<]*)</g)].map(([, words]) => words);
  expect(chosen).toEqual(
    expect.arrayContaining(["Wednesdays", "00:00", "Not evaluated", "Without hangs", "4 or 5"]),
  );
});

test("report filters: those behind “More filters” are counted", () => {
  expect(moreFilters).toHaveLength(12);
});
