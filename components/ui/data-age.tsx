import { formatDuration } from "@/lib/format";

interface DataAgeProps {
  /** From the response; undefined if the data came straight from the database. */
  behindSeconds: number | null | undefined;
}

/** How far behind the replica is that the data came from. Renders nothing while it is up to date. */
export function DataAge({ behindSeconds }: DataAgeProps) {
  if (behindSeconds === undefined || (behindSeconds !== null && behindSeconds < 1)) return null;
  const age = behindSeconds === null ? "age unknown" : `${formatDuration(behindSeconds * 1_000)} behind`;
  return <p className="text-muted text-xs">Read from a replica, {age}</p>;
}
