import { LiveAgo } from "@/components/clock/local-time";
import { ComparisonTile } from "@/components/health/comparison";
import { StateTile, type TileState } from "@/components/health/state-tile";
import { Link } from "@/components/ui/link";
import { formatBytes, formatCount, formatMs } from "@/lib/format";
import type { HealthDetail } from "@/lib/health/detail";

const slowPingMs = 250;
const perMinute = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });
const realtimeLabels = { up: "Sending", failing: "Failing", unknown: "Nothing sent yet" } as const;
const realtimeStates = { up: "good", failing: "bad", unknown: "unknown" } as const satisfies Record<
  string,
  TileState
>;

/** A tile per subsystem, with its state and figure. */
export function HealthStates({ health, canSetUp }: { health: HealthDetail; canSetUp: boolean }) {
  const { backlog, database, realtime, rate, lastEventAt, outbox, setup, vapi, comparison, forwarding } =
    health;
  const lost = backlog.droppedPartials + backlog.refusedEvents;
  const isRefused = setup.rejectedAt !== null && setup.rejectedAt > (setup.admittedAt ?? "");
  return (
    <ul aria-label="States" className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
      <StateTile
        title="Events"
        state={lastEventAt ? "good" : "unknown"}
        value={lastEventAt ? <LiveAgo at={lastEventAt} /> : "None yet"}
      >
        {rate.lastMinute.toLocaleString("en")} in the last minute, {perMinute.format(rate.period)} a minute
        over the last {health.period}
      </StateTile>
      <StateTile
        title="Setup"
        state={isRefused ? "bad" : setup.admittedAt ? "good" : "unknown"}
        value={
          isRefused ? "Last request was rejected" : setup.admittedAt ? "Receiving events" : "No events yet"
        }
      >
        {setup.rejections > 0
          ? `${formatCount(setup.rejections, "kind")} of rejection in 30 days. `
          : "No rejections in 30 days. "}
        {canSetUp && (
          <Link href="/settings/setup" className="underline">
            Setup check
          </Link>
        )}
      </StateTile>
      {comparison.canAsk && <ComparisonTile comparison={comparison} />}
      {vapi.connected > 0 && <VapiTile vapi={vapi} canSetUp={canSetUp} />}
      <StateTile
        title="Database"
        state={database.pingMs < slowPingMs && lost === 0 ? "good" : "bad"}
        value={`Responds in ${formatMs(database.pingMs)}`}
      >
        {formatBytes(database.bytes)} in total
        {backlog.events > 0 && `. ${formatCount(backlog.events, "event")} waiting`}
        {lost > 0 &&
          `. Too slow: ${formatCount(backlog.droppedPartials, "partial")} dropped, ${formatCount(backlog.refusedEvents, "event")} rejected`}
      </StateTile>
      <StateTile
        title="Realtime"
        state={realtimeStates[realtime.state]}
        value={realtimeLabels[realtime.state]}
      >
        {formatCount(realtime.channels, "active channel")}. This process: {realtime.sent.toLocaleString("en")}{" "}
        sent, {realtime.failed.toLocaleString("en")} failed
        {realtime.lastFailureAt && (
          <>
            , last <LiveAgo at={realtime.lastFailureAt} />
          </>
        )}
      </StateTile>
      <StateTile
        title="Notifications"
        state={outbox.overdueSince || outbox.failedInPeriod > 0 ? "bad" : "good"}
        value={`${outbox.waiting} waiting`}
      >
        {outbox.failedInPeriod} failed in the last {health.period}
        {outbox.overdueSince && (
          <>
            , overdue since <LiveAgo at={outbox.overdueSince} />
          </>
        )}
      </StateTile>
      {forwarding.targets > 0 && (
        <ForwardingTile forwarding={forwarding} period={health.period} canSetUp={canSetUp} />
      )}
    </ul>
  );
}

interface ForwardingTileProps {
  forwarding: HealthDetail["forwarding"];
  period: HealthDetail["period"];
  canSetUp: boolean;
}

/** Whether forwarded events arrive. */
function ForwardingTile({ forwarding, period, canSetUp }: ForwardingTileProps) {
  const { targets, paused, down, waiting, givenUpInPeriod } = forwarding;
  return (
    <StateTile
      title="Forwarding"
      state={down > 0 || givenUpInPeriod > 0 ? "bad" : "good"}
      value={down > 0 ? `${down} of ${targets} down` : `${waiting} waiting`}
    >
      {givenUpInPeriod} given up in the last {period}
      {paused > 0 && `, ${paused} paused`}.{" "}
      {canSetUp && (
        <Link href="/settings/forwarding" className="underline">
          Forwarding
        </Link>
      )}
    </StateTile>
  );
}

/** Whether the connected Vapi resources are unchanged. */
function VapiTile({ vapi, canSetUp }: { vapi: HealthDetail["vapi"]; canSetUp: boolean }) {
  const { connected, drifted, checkedAt, failure } = vapi;
  return (
    <StateTile
      title="Vapi settings"
      state={drifted > 0 ? "bad" : failure ? "unknown" : "good"}
      value={drifted > 0 ? `${drifted} of ${connected} changed` : `${connected} connected`}
    >
      {checkedAt && (
        <>
          Compared <LiveAgo at={checkedAt} />.{" "}
        </>
      )}
      {failure && `${failure} `}
      {canSetUp && (
        <Link href="/settings/assistants" className="underline">
          Assistants
        </Link>
      )}
    </StateTile>
  );
}
