import { formatDuration } from "@/lib/format";

interface DataAgeProps {
  /** As the answer says it; undefined where nothing stands between it and the database. */
  behindSeconds: number | null | undefined;
}

/** Says how far behind the replica is that the data came from. Nothing while it is up to date. */
export function DataAge({ behindSeconds }: DataAgeProps) {
  if (behindSeconds === undefined || (behindSeconds !== null && behindSeconds < 1)) return null;
  const age = behindSeconds === null ? "age unknown" : `${formatDuration(behindSeconds * 1_000)} behind`;
  return <p className="text-muted text-xs">Read from a replica, {age}</p>;
}
