import { LocalTime } from "@/components/clock/local-time";
import { outcomeLabels } from "@/components/forwarding/labels";
import { Badge, Row } from "@/components/settings/row";
import { Link } from "@/components/ui/link";
import type { ForwardingDelivery } from "@/lib/forwarding/target";

/** One attempt in the delivery log. */
export function DeliveryRow({ delivery }: { delivery: ForwardingDelivery }) {
  const { target, type, callId, attemptedAt, attempt, outcome, status, tookMs, error } = delivery;
  return (
    <Row
      title={
        <>
          {type}
          <Badge>{outcomeLabels[outcome]}</Badge>
        </>
      }
      facts={
        <>
          {target} · <LocalTime at={attemptedAt} />
          {attempt > 1 && ` · attempt ${attempt}`}
          {status !== null && ` · answered ${status}`}
          {tookMs !== null && ` · ${tookMs} ms`}
          {callId && (
            <>
              {" "}
              ·{" "}
              <Link href={`/calls/${encodeURIComponent(callId)}`} className="underline">
                Open call
              </Link>
            </>
          )}
          {error && ` · ${error}`}
        </>
      }
    />
  );
}
