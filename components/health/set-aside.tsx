"use client";

import { useQueryClient } from "@tanstack/react-query";
import { LiveAgo } from "@/components/clock/local-time";
import { FormMessage } from "@/components/form/field";
import { Badge, Row } from "@/components/settings/row";
import { Rows } from "@/components/settings/section";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { formatCount } from "@/lib/format";
import type { HealthDetail } from "@/lib/health/detail";
import { sendJson } from "@/lib/http/client";

type Item = HealthDetail["setAside"]["items"][number];

/** Items that scheduled jobs could not process, with a retry for admins. */
export function SetAside({ health, canRetry }: { health: HealthDetail; canRetry: boolean }) {
  return (
    <Rows label="Set aside" empty="Nothing is set aside.">
      {health.setAside.items.map((each) => (
        <SetAsideRow key={`${each.job} ${each.item}`} each={each} now={health.now} canRetry={canRetry} />
      ))}
    </Rows>
  );
}

function SetAsideRow({ each, now, canRetry }: { each: Item; now: string; canRetry: boolean }) {
  const { job, item, reason, failures, lastAt, retryAt } = each;
  const isDue = retryAt <= now;
  const queryClient = useQueryClient();
  const { isPending, problem, run } = useChange();
  const retry = () =>
    run(
      () => sendJson("POST", "/api/health/set-aside/retry", { job, item }),
      () => void queryClient.invalidateQueries({ queryKey: ["health"] }),
    );
  return (
    <Row
      title={
        <>
          {item}
          <Badge>{job}</Badge>
        </>
      }
      facts={
        <>
          {reason} · {formatCount(failures, "failure")}, last <LiveAgo at={lastAt} />
          {isDue && " · retry pending"}
        </>
      }
      actions={
        canRetry && (
          <Button size="small" disabled={isPending} onClick={retry}>
            Retry
          </Button>
        )
      }
    >
      {problem && <FormMessage kind="error">{problem}</FormMessage>}
    </Row>
  );
}
