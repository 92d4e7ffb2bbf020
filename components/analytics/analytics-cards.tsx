"use client";

import { Change, toReportsHref } from "@/components/analytics/card";
import { HoursCard } from "@/components/analytics/hours-card";
import { PartsCard } from "@/components/analytics/parts-card";
import { ReasonsCard } from "@/components/analytics/reasons-card";
import { StagesCard } from "@/components/analytics/stages-card";
import { StepsCard } from "@/components/analytics/steps-card";
import { useAnalyticsParams } from "@/components/analytics/use-analytics-params";
import { VersionsCard } from "@/components/analytics/versions-card";
import { Link } from "@/components/ui/link";
import { type Analytics, type AnalyticsFilter, metricNames, metrics } from "@/lib/analytics/analytics";
import { formatPhoneNumber } from "@/lib/format";

interface FigureTilesProps {
  analytics: Analytics;
  filter: AnalyticsFilter;
}

/** The period in figures, each next to its previous value. Each links to the reports behind it. */
export function FigureTiles({ analytics: { total }, filter }: FigureTilesProps) {
  return (
    <ul
      aria-label="Figures"
      className="grid grid-cols-2 gap-px overflow-hidden border-line border-y bg-line sm:rounded-lg sm:border lg:grid-cols-7"
    >
      {metricNames.map((name) => {
        const metric = metrics[name];
        const value = total.figures[name];
        return (
          <li key={name} className="grid bg-surface">
            <Link
              href={toReportsHref(filter, name === "hangRate" ? { hang: "yes" } : {})}
              title={metric.about}
              className="grid content-start gap-0.5 p-3 hover:bg-hover sm:p-4"
            >
              <span className="text-muted text-xs">{metric.label}</span>
              <span className="font-semibold text-xl">{value === null ? "–" : metric.format(value)}</span>
              <span className="text-xs">
                {value === null ? (
                  <span className="text-muted">No data</span>
                ) : (
                  <Change
                    metric={metric}
                    now={value}
                    before={total.before[name]}
                    callsBefore={total.before.calls}
                  />
                )}
              </span>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}

/** Versions side by side, for assistants with more than one. A change of the assistants resets the selection. */
function ComparedVersions({ versions }: Pick<Analytics, "versions">) {
  const several = versions.filter(
    ({ assistant, key }, index) =>
      versions.findIndex((other) => other.assistant === assistant) === index &&
      versions.some((other) => other.assistant === assistant && other.key !== key),
  );
  if (several.length === 0) return null;
  const assistants = several.map(({ assistant, name }) => ({ key: assistant, name }));
  return <VersionsCard key={assistants.map(({ key }) => key).join()} assistants={assistants} />;
}

interface AnalyticsCardsProps {
  analytics: Analytics;
  filter: AnalyticsFilter;
  isMasked: boolean;
}

/** All cards, from the totals to the breakdowns. */
export function AnalyticsCards({ analytics, filter, isMasked }: AnalyticsCardsProps) {
  const [{ assistant, number }, setParams] = useAnalyticsParams();
  return (
    <>
      <FigureTiles analytics={analytics} filter={filter} />
      <StepsCard steps={analytics.steps} deploys={analytics.deploys} filter={filter} />
      <StagesCard filter={filter} deploys={analytics.deploys} />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4 sm:gap-6 lg:grid-cols-2">
        <ReasonsCard analytics={analytics} filter={filter} />
        <HoursCard hours={analytics.hours} filter={filter} />
      </div>
      <PartsCard
        title="Assistants"
        noun="Assistant"
        chosen={assistant}
        onChoose={(key) => setParams({ assistant: key })}
        rows={analytics.assistants.map((part) => ({
          ...part,
          label: part.name || "Unknown assistant",
          href: part.key ? toReportsHref(filter, { assistant: part.key }) : null,
        }))}
      />
      {analytics.versions.length > 0 && (
        <PartsCard
          title="Versions"
          noun="Version"
          chosen={null}
          onChoose={null}
          rows={analytics.versions.map(({ assistant: of, key, name, ...part }) => ({
            ...part,
            key: `${of} ${key}`,
            label: `${name} · ${key}`,
            href: toReportsHref(filter, { assistant: of, version: key }),
          }))}
        />
      )}
      <ComparedVersions versions={analytics.versions} />
      <PartsCard
        title="Numbers"
        noun="Number"
        chosen={number}
        onChoose={isMasked ? null : (key) => setParams({ number: key })}
        rows={analytics.numbers.map((part) => ({
          ...part,
          label: part.key ? formatPhoneNumber(part.key) : "Web calls",
          href: part.key && !isMasked ? toReportsHref(filter, { number: part.key }) : null,
        }))}
      />
    </>
  );
}
