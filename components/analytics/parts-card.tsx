"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import { useState } from "react";
import { Card, Change, type toReportsHref } from "@/components/analytics/card";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { Link } from "@/components/ui/link";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { type Metric, type MetricName, metrics } from "@/lib/analytics/analytics";

export interface PartColumn {
  name: string;
  metric: Metric;
}

const usual = (
  [
    "calls",
    "minutes",
    "costUsd",
    "hangRate",
    "containment",
    "interruptionRate",
    "deadAirShare",
    "replyP50Ms",
    "replyP95Ms",
    "modelMs",
  ] as const satisfies MetricName[]
).map((name): PartColumn => ({ name, metric: metrics[name] }));

type PartFigures = Readonly<Record<string, number | null>> & { calls: number };

export interface PartRow {
  key: string;
  label: string;
  /** Shown under the name. */
  note?: string;
  figures: PartFigures;
  before: PartFigures;
  href: ReturnType<typeof toReportsHref> | null;
}

interface PartsCardProps {
  title: string;
  /** What a row is: "Assistant". */
  noun: string;
  rows: readonly PartRow[];
  columns?: readonly PartColumn[];
  /** Key of the row the page is filtered by. */
  chosen: string | null;
  /** Filters the page by one row, or clears the filter; null if filtering is not possible. */
  onChoose: ((key: string | null) => void) | null;
}

/** `by`: a column, or "label". */
type Sort = { by: string; isAscending: boolean };

function sortRows(rows: readonly PartRow[], { by, isAscending }: Sort): PartRow[] {
  const sign = isAscending ? 1 : -1;
  return rows.toSorted((a, b) => {
    if (by === "label") return sign * a.label.localeCompare(b.label, "en");
    const [one, other] = [a.figures[by] ?? null, b.figures[by] ?? null];
    // Unknown values come last in both directions.
    if (one === null || other === null) return Number(one === null) - Number(other === null);
    return sign * (one - other);
  });
}

interface SortHeadProps {
  name: string;
  label: string;
  about?: string;
  sort: Sort;
  onSort: (sort: Sort) => void;
}

/** A sortable column header: the first press sorts descending, the second ascending. */
function SortHead({ name, label, about, sort, onSort }: SortHeadProps) {
  const isSorted = sort.by === name;
  const Icon = sort.isAscending ? ArrowUp : ArrowDown;
  const first = name === "label";
  return (
    <th
      scope="col"
      title={about}
      aria-sort={isSorted ? (sort.isAscending ? "ascending" : "descending") : undefined}
      className={classNames("font-normal", first ? "text-left" : "pl-3")}
    >
      <button
        type="button"
        onClick={() => onSort({ by: name, isAscending: isSorted ? !sort.isAscending : first })}
        className={classNames(
          "inline-flex min-h-8 items-center gap-1 hover:text-ink pointer-coarse:min-h-11",
          isSorted && "font-medium text-ink",
        )}
      >
        {label}
        {isSorted && <Icon aria-hidden className="size-3.5" />}
      </button>
    </th>
  );
}

interface CompareRowProps {
  pair: readonly [PartRow, PartRow];
  columns: readonly PartColumn[];
  /** Whether rows end with a button. */
  hasEnd: boolean;
}

/** The difference between two rows: the second relative to the first. */
function CompareRow({ pair: [one, other], columns, hasEnd }: CompareRowProps) {
  return (
    <tr className="border-line-strong border-t-2 bg-raised align-top">
      <th scope="row" colSpan={2} className="max-w-72 py-2 pl-2 text-left font-medium">
        <span dir="auto" className="wrap-anywhere whitespace-normal">
          {other.label} compared with {one.label}
        </span>
      </th>
      {columns.map(({ name, metric }) => (
        <td key={name} className="py-2 pl-3 text-xs">
          <Change
            metric={metric}
            now={other.figures[name] ?? null}
            before={one.figures[name] ?? null}
            callsBefore={one.figures.calls}
          />
        </td>
      ))}
      {hasEnd && <td />}
    </tr>
  );
}

interface FigureCellProps extends PartColumn {
  figures: PartFigures;
  before: PartFigures;
}

/** A figure above its change. */
function FigureCell({ name, metric, figures, before }: FigureCellProps) {
  const value = figures[name] ?? null;
  return (
    <td className="py-2 pl-3">
      <div>{value === null ? "–" : metric.format(value)}</div>
      {figures.calls > 0 && before.calls > 0 && (
        <div className="text-xs">
          <Change metric={metric} now={value} before={before[name] ?? null} callsBefore={before.calls} />
        </div>
      )}
    </td>
  );
}

/** Figures per assistant, version, number or provider, sortable by any column. Two rows can be compared. */
export function PartsCard({ title, noun, rows, columns = usual, chosen, onChoose }: PartsCardProps) {
  const [sort, setSort] = useState<Sort>({ by: "calls", isAscending: false });
  const [compared, setCompared] = useState<readonly string[]>([]);
  const [one, other] = compared.flatMap((key) => rows.find((row) => row.key === key) ?? []);

  function compare(key: string, isCompared: boolean) {
    // A third choice replaces the older of the two.
    setCompared(isCompared ? [...compared.slice(-1), key] : compared.filter((each) => each !== key));
  }

  return (
    <Card
      title={title}
      aside={rows.length > 1 && <span className="text-muted text-xs">Select two to compare them</span>}
    >
      <ScrollRegion label={`Table of ${title.toLowerCase()}`} className="max-h-[32rem] overflow-auto">
        <table className="w-full whitespace-nowrap text-right text-sm">
          <caption className="sr-only">{title}</caption>
          <thead className="text-muted text-xs">
            <tr>
              <th scope="col" className="w-8">
                <span className="sr-only">Compare</span>
              </th>
              <SortHead name="label" label={noun} sort={sort} onSort={setSort} />
              {columns.map(({ name, metric }) => (
                <SortHead
                  key={name}
                  name={name}
                  label={metric.label}
                  about={metric.about}
                  sort={sort}
                  onSort={setSort}
                />
              ))}
              {onChoose && (
                <th scope="col" className="pl-3 font-normal">
                  <span className="sr-only">Only this one</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {sortRows(rows, sort).map(({ key, label, note, figures, before, href }) => (
              <tr
                key={key}
                className={classNames(
                  "border-line border-t align-top",
                  compared.includes(key) && "bg-accent-soft",
                )}
              >
                <td className="text-left">
                  <label className="grid size-8 place-items-center pointer-coarse:size-11">
                    <span className="sr-only">Compare {label}</span>
                    <input
                      type="checkbox"
                      checked={compared.includes(key)}
                      onChange={({ target }) => compare(key, target.checked)}
                      className="size-4 accent-accent"
                    />
                  </label>
                </td>
                <th
                  scope="row"
                  dir="auto"
                  className="max-w-56 truncate py-2 text-left font-normal"
                  title={label}
                >
                  {href ? (
                    <Link href={href} className="text-accent underline">
                      {label}
                    </Link>
                  ) : (
                    label
                  )}
                  {note && <div className="text-muted text-xs">{note}</div>}
                </th>
                {columns.map(({ name, metric }) => (
                  <FigureCell key={name} metric={metric} name={name} figures={figures} before={before} />
                ))}
                {onChoose && (
                  <td className="py-1.5 pl-3">
                    <Button
                      size="small"
                      aria-label={key === chosen ? `Show all, not only ${label}` : `Only this: ${label}`}
                      onClick={() => onChoose(key === chosen ? null : key)}
                    >
                      {key === chosen ? "Show all" : "Only this"}
                    </Button>
                  </td>
                )}
              </tr>
            ))}
            {one && other && <CompareRow pair={[one, other]} columns={columns} hasEnd={onChoose !== null} />}
          </tbody>
        </table>
      </ScrollRegion>
    </Card>
  );
}
