import { type ReactNode, useId } from "react";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/panel";

interface PastSectionProps {
  /** "Past incidents". */
  title: string;
  /** Result of `useInfiniteQuery`. */
  list: {
    isPending: boolean;
    isLoadingError: boolean;
    error: Error | null;
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    fetchNextPage: () => unknown;
    refetch: () => unknown;
  };
  rows: readonly ReactNode[];
}

/** Past items, newest first, with a button for older ones, an empty state and an error state. */
export function PastSection({ title, list, rows }: PastSectionProps) {
  const id = useId();
  const what = title.toLowerCase();
  return (
    <section aria-labelledby={id} className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <h2 id={id} className="px-3 font-semibold text-base sm:px-4">
        {title}
      </h2>
      {list.isPending && <Skeleton className="mx-3 h-24 sm:mx-4" />}
      {list.error && (
        <p role="alert" className="px-3 sm:px-4">
          {list.isLoadingError ? `Could not load ${what}: ` : "This list may be out of date: "}
          {list.error.message} <Button onClick={() => list.refetch()}>Try again</Button>
        </p>
      )}
      {!list.isPending && !list.isLoadingError && rows.length === 0 && (
        <p className="px-3 text-muted sm:px-4">No {what}.</p>
      )}
      {rows.length > 0 && (
        <ul aria-labelledby={id} className="divide-y divide-line border-line border-y bg-surface">
          {rows}
        </ul>
      )}
      {list.hasNextPage && (
        <Button
          className="mx-3 justify-self-start sm:mx-4"
          disabled={list.isFetchingNextPage}
          onClick={() => list.fetchNextPage()}
        >
          Show older {what.replace(/^past /, "")}
        </Button>
      )}
    </section>
  );
}
