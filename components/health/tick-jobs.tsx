import { LiveAgo } from "@/components/clock/live-ago";
import { Badge } from "@/components/settings/badge";
import { Row } from "@/components/settings/row";
import { Rows } from "@/components/settings/rows";
import type { HealthDetail } from "@/lib/health/health";

/** When each job of the tick was last begun. */
export function TickJobs({ jobs }: Pick<HealthDetail, "jobs">) {
  return (
    <Rows label="Jobs" empty="No tick has run yet. On Vercel it takes CRON_SECRET.">
      {jobs.map(({ name, begunAt, isLate }) => (
        <Row
          key={name}
          title={
            <>
              {name}
              {isLate && <Badge>late</Badge>}
            </>
          }
          facts={
            <>
              last begun <LiveAgo at={begunAt} />
            </>
          }
        />
      ))}
    </Rows>
  );
}
