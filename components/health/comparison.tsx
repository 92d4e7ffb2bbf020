"use client";

import { useQueryClient } from "@tanstack/react-query";
import { LiveAgo, LocalTime } from "@/components/clock/local-time";
import { Field, FormMessage } from "@/components/form/field";
import { readFields, takeFields } from "@/components/form/read-fields";
import { StateTile } from "@/components/health/state-tile";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { sendJson } from "@/lib/http/client";
import {
  type Comparison,
  describeCoverage,
  formatShare,
  type GapRules,
  summarizeCoverage,
} from "@/lib/reconciliation/coverage";

/** Tile: the share of calls listed by Vapi whose events arrived. */
export function ComparisonTile({ comparison }: { comparison: Comparison }) {
  const { lastDay, gapSince, failure, checkedAt } = comparison;
  const isEmpty = lastDay.calls === 0;
  return (
    <StateTile
      title="Calls received"
      state={gapSince ? "bad" : failure || isEmpty ? "unknown" : "good"}
      value={isEmpty ? "None to compare" : describeCoverage(lastDay)}
    >
      Last 24 h.{" "}
      {failure ??
        (checkedAt && (
          <>
            Compared with Vapi’s list <LiveAgo at={checkedAt} />.
          </>
        ))}
    </StateTile>
  );
}

/** The share of calls listed by Vapi whose events arrived in the last day. `canSet`: whether the viewer may set thresholds. */
export function ComparisonDetail({ comparison, canSet }: { comparison: Comparison; canSet: boolean }) {
  const { canAsk, checkedAt, failure, gapSince, lastDay, hours, rules } = comparison;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      {canAsk || hours.length > 0 ? (
        <p>
          {summarizeCoverage(lastDay)}{" "}
          {checkedAt && (
            <span className="text-muted">
              Compared <LiveAgo at={checkedAt} />.
            </span>
          )}
        </p>
      ) : (
        <p className="text-muted">
          Needs Vapi’s API key: set VAPI_API_KEY, or save one under Settings → Assistants.
        </p>
      )}
      {failure && <FormMessage kind="error">{`The last comparison failed: ${failure}`}</FormMessage>}
      {gapSince && (
        <p className="text-danger text-sm">
          Below the alert limit since <LocalTime at={gapSince} />. Check the Server URL under Setup.
        </p>
      )}
      {hours.length > 0 && <HourTable hours={hours} />}
      {canSet && <GapRulesForm rules={rules} />}
    </div>
  );
}

const columns = ["Hour", "Calls", "Heard", "Reports"] as const;

function HourTable({ hours }: Pick<Comparison, "hours">) {
  return (
    <ScrollRegion
      label="Calls received by hour"
      className="max-h-80 overflow-auto rounded-lg border border-line bg-surface"
    >
      <table className="w-full text-left text-sm">
        <thead className="sticky top-0 bg-surface text-muted text-xs">
          <tr>
            {columns.map((name) => (
              <th key={name} scope="col" className="px-2 py-2 font-medium not-first:text-right sm:px-3">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {hours.map(({ hour, calls, heard, reports }) => (
            <tr key={hour}>
              <th scope="row" className="whitespace-nowrap px-2 py-2 font-normal sm:px-3">
                <LocalTime at={hour} />
              </th>
              <td className="px-2 py-2 text-right sm:px-3">{calls}</td>
              <ShareCell part={heard} whole={calls} />
              <ShareCell part={reports} whole={calls} />
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

/** The share, and the number missing, so that colour is not the only sign. */
function ShareCell({ part, whole }: { part: number; whole: number }) {
  const missing = whole - part;
  return (
    <td className={`whitespace-nowrap px-2 py-2 text-right sm:px-3 ${missing > 0 ? "text-danger" : ""}`}>
      {formatShare(part, whole)}
      {missing > 0 && <span className="text-xs max-sm:block"> ({missing} missing)</span>}
    </td>
  );
}

/** Form for the shares below which an alert opens. */
function GapRulesForm({ rules }: { rules: GapRules }) {
  const client = useQueryClient();
  const { isPending, problem, run } = useChange();
  function save(form: FormData) {
    const { calls, reports } = readFields(form, "calls", "reports");
    run(
      () =>
        sendJson("PUT", "/api/health/gaps", { callsPercent: Number(calls), reportsPercent: Number(reports) }),
      () => client.invalidateQueries({ queryKey: ["health"] }),
    );
  }
  const shared = { type: "number", min: 0, max: 100, step: "any", required: true } as const;
  return (
    <form onSubmit={takeFields(save)} className="grid gap-3">
      <div className="grid max-w-md grid-cols-2 items-start gap-3">
        <Field
          {...shared}
          label="Alert: calls received below"
          name="calls"
          defaultValue={rules.callsPercent}
          hint="% of an hour; 0 turns it off."
        />
        <Field
          {...shared}
          label="Alert: reports received below"
          name="reports"
          defaultValue={rules.reportsPercent}
          hint="% of an hour; 0 turns it off."
        />
      </div>
      {problem && <FormMessage kind="error">{problem}</FormMessage>}
      <Button type="submit" size="small" disabled={isPending} className="justify-self-start">
        Save
      </Button>
    </form>
  );
}
