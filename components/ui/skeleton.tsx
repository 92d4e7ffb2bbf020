import { classNames } from "@/components/ui/class-names";

/** The place of something that is still coming. Its size is the caller's. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={classNames("rounded-md bg-hover", className)} />;
}
