import { LocalTime } from "@/components/clock/local-time";
import { describeScope, shortBodyLabels } from "@/components/forwarding/labels";
import type { Target } from "@/lib/forwarding/target";

/** Where a target leads, what it is sent, and how it does. */
export function TargetFacts({ target }: { target: Target }) {
  const { url, body, isMasked, pending, failures, failingSince, openUntil, lastDeliveredAt, replay } = target;
  return (
    <>
      {url} · {describeScope(target)} · {shortBodyLabels[body]}, {isMasked ? "masked" : "not masked"}
      {lastDeliveredAt && (
        <>
          {" "}
          · last delivered <LocalTime at={lastDeliveredAt} />
        </>
      )}
      {pending > 0 && ` · ${pending} waiting`}
      {failingSince && (
        <>
          {" "}
          · {failures} {failures === 1 ? "failure" : "failures"} in a row since{" "}
          <LocalTime at={failingSince} />
        </>
      )}
      {openUntil && (
        <>
          , next attempt <LocalTime at={openUntil} />
        </>
      )}
      {replay && (
        <>
          {" "}
          · sending again <LocalTime at={replay.from} /> to <LocalTime at={replay.to} />, {replay.items} so
          far
        </>
      )}
    </>
  );
}
