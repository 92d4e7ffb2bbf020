import { Card, toReportsHref } from "@/components/analytics/card";
import { Link } from "@/components/ui/link";
import type { Analytics, AnalyticsFilter } from "@/lib/analytics/analytics";
import {
  describeEndedReason,
  endedGroupLabels,
  endedGroups,
  unknownCauseLabel,
} from "@/lib/calls/ended-reason";

interface ReasonsCardProps {
  analytics: Analytics;
  filter: AnalyticsFilter;
}

const count = new Intl.NumberFormat("en-GB");

/** Why calls ended, grouped by who caused it: a table whose bars are its chart. */
export function ReasonsCard({ analytics: { reasons, total }, filter }: ReasonsCardProps) {
  const known = reasons.map((reason) => ({
    ...reason,
    ...(reason.code ? describeEndedReason(reason.code) : { group: null, words: "No end reason" }),
  }));
  const all = total.figures.calls;
  return (
    <Card title="End reasons">
      <table className="w-full text-sm">
        <caption className="sr-only">Calls by end reason</caption>
        <thead className="text-left text-muted text-xs">
          <tr>
            <th scope="col" className="pb-1 font-normal">
              Reason
            </th>
            <th scope="col" className="pb-1 text-right font-normal">
              Calls
            </th>
            <th scope="col" className="pb-1 pl-3 text-right font-normal">
              Previous
            </th>
          </tr>
        </thead>
        {[...endedGroups, null]
          .map((group) => ({ group, members: known.filter((reason) => reason.group === group) }))
          .filter(({ members }) => members.length > 0)
          .map(({ group, members }) => (
            <tbody key={group ?? "not-told"}>
              <tr>
                <th scope="rowgroup" colSpan={3} className="pt-3 pb-1 text-left font-medium text-xs">
                  {group ? (
                    <Link href={toReportsHref(filter, { group })} className="text-accent underline">
                      {endedGroupLabels[group]}
                    </Link>
                  ) : (
                    unknownCauseLabel
                  )}
                </th>
              </tr>
              {members.map(({ code, words, calls, callsBefore }) => (
                <tr key={code} className="border-line border-t align-top">
                  <th scope="row" className="py-1.5 pr-3 text-left font-normal">
                    {code ? (
                      <Link
                        href={toReportsHref(filter, { reason: code })}
                        title={code}
                        className="hover:underline"
                      >
                        {words}
                      </Link>
                    ) : (
                      words
                    )}
                    <div
                      aria-hidden
                      className="mt-1 h-1.5 min-w-px rounded-full bg-accent"
                      style={{ width: `${all === 0 ? 0 : (calls / all) * 100}%` }}
                    />
                  </th>
                  <td className="py-1.5 text-right">{count.format(calls)}</td>
                  <td className="py-1.5 pl-3 text-right text-muted">{count.format(callsBefore)}</td>
                </tr>
              ))}
            </tbody>
          ))}
      </table>
    </Card>
  );
}
