import { Skeleton } from "@/components/ui/skeleton";

/** The place of what is being added up. */
export function AnalyticsSkeleton() {
  return (
    <div className="grid gap-4 px-3 sm:gap-6 sm:px-0">
      <p role="status" className="sr-only">
        Adding up …
      </p>
      <Skeleton className="h-44" />
      <Skeleton className="h-72" />
      <Skeleton className="h-64" />
    </div>
  );
}
