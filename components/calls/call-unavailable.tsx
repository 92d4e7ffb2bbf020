import { CircleAlert } from "lucide-react";
import { Notice, Skeleton } from "@/components/ui/panel";

/** Shown in place of a call that is loading or cannot be read. */
export function CallUnavailable({ error }: { error: Error | null }) {
  if (!error) return <Skeleton className="m-4 h-40" />;
  return (
    <Notice icon={<CircleAlert aria-hidden />} title="Could not load this call.">
      <p role="alert">{error.message}</p>
    </Notice>
  );
}
