import { formatDuration } from "@/lib/format";

interface DataAgeProps {
  /** As the answer says it; undefined where nothing stands between it and the database. */
  behindSeconds: number | null | undefined;
}

/** How old what is shown is, where it comes from a replica and that makes a difference. */
export function DataAge({ behindSeconds }: DataAgeProps) {
  if (behindSeconds === undefined || (behindSeconds !== null && behindSeconds < 1)) return null;
  const age =
    behindSeconds === null ? "how old is not known" : `${formatDuration(behindSeconds * 1_000)} behind`;
  return <p className="text-muted text-xs">Read from a replica, {age}</p>;
}
