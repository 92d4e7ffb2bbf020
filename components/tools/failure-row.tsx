import { LocalTime } from "@/components/clock/local-time";
import { Row } from "@/components/settings/row";
import { Link } from "@/components/ui/link";

/** A tool call that was answered with an error. */
export function FailureRow({ callId, at, error }: { callId: string; at: string; error: string }) {
  return (
    <Row
      title={error}
      facts={
        <>
          <LocalTime at={at} /> ·{" "}
          <Link href={`/calls/${encodeURIComponent(callId)}`} className="underline">
            Open call
          </Link>
        </>
      }
    />
  );
}
