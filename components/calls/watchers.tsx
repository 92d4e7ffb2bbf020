import { Eye } from "lucide-react";
import type { Watcher } from "@/lib/realtime/push";

/** Who else has the call open: an eye icon and names. Renders nothing if no one has. */
export function Watchers({ people }: { people: readonly Watcher[] }) {
  if (people.length === 0) return null;
  const names = people.map(({ name }) => name).join(", ");
  return (
    <span
      title={`Also watching: ${names}`}
      className="inline-flex min-w-0 shrink-[99] items-center gap-1 text-muted text-xs"
    >
      <Eye aria-hidden className="size-3.5 shrink-0" />
      <span className="sr-only">Also watching: </span>
      <span className="truncate">{names}</span>
    </span>
  );
}
