"use client";

import { useQuery } from "@tanstack/react-query";
import { ChangeList } from "@/components/conversations/change-list";
import { Json } from "@/components/ui/json";
import { Skeleton } from "@/components/ui/skeleton";
import { listChanges } from "@/lib/conversations/context";
import { versionQuery } from "@/lib/conversations/queries";

/** What is different between two versions; of one and the same, its whole context. */
export function VersionDiff({ uuid, from, to }: { uuid: string; from: number; to: number }) {
  const before = useQuery(versionQuery(uuid, from));
  const after = useQuery(versionQuery(uuid, to));
  const error = before.error ?? after.error;
  if (error) return <p role="alert">The versions could not be loaded: {error.message}</p>;
  if (!before.data || !after.data) return <Skeleton className="h-16" />;
  if (from === to) return <Json label={`Context of version ${to}`} value={after.data.context} />;
  return (
    <ChangeList
      label={`Changes from version ${from} to version ${to}`}
      changes={listChanges(before.data.context, after.data.context)}
    />
  );
}
