"use client";

import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ChangeList } from "@/components/conversations/change-list";
import { VersionRow } from "@/components/conversations/version-row";
import { Button } from "@/components/ui/button";
import { Json } from "@/components/ui/json";
import { Panel, Skeleton } from "@/components/ui/panel";
import { Select } from "@/components/ui/select";
import { listChanges } from "@/lib/conversations/context";
import { versionQuery, versionsQuery } from "@/lib/conversations/queries";

/** The differences between two versions; for a single version, its whole context. */
export function VersionDiff({ uuid, from, to }: { uuid: string; from: number; to: number }) {
  const before = useQuery(versionQuery(uuid, from));
  const after = useQuery(versionQuery(uuid, to));
  const error = before.error ?? after.error;
  if (error) return <p role="alert">Could not load versions: {error.message}</p>;
  if (!before.data || !after.data) return <Skeleton className="h-16" />;
  if (from === to) return <Json label={`Context of version ${to}`} value={after.data.context} />;
  return (
    <ChangeList
      label={`Changes from version ${from} to version ${to}`}
      changes={listChanges(before.data.context, after.data.context)}
    />
  );
}

/** Who changed the context and when, with comparison of two versions and restore. */
export function VersionHistory({ uuid, version }: { uuid: string; version: number }) {
  const query = useInfiniteQuery({ ...versionsQuery(uuid, version), placeholderData: keepPreviousData });
  const [pair, setPair] = useState<{ from: number; to: number } | null>(null);
  const versions = query.data?.pages.flatMap((page) => page.versions) ?? [];

  if (query.isPending) return <Skeleton className="m-4 h-40" />;
  const choose = (label: string, side: "from" | "to") =>
    pair && (
      <Select
        label={label}
        value={String(pair[side])}
        options={versions.map((each) => ({
          value: String(each.version),
          label: `Version ${each.version}`,
        }))}
        onChange={(value) => setPair({ ...pair, [side]: Number(value) })}
      />
    );
  return (
    <Panel title="History" aside={`version ${version}`}>
      {query.error && (
        <p role="alert" className="pb-2 text-danger">
          Could not load history: {query.error.message}
        </p>
      )}
      {pair && (
        <section aria-label="Comparison" className="mb-3 grid gap-2 rounded-md border border-line p-3">
          <div className="flex flex-wrap items-center gap-2">
            {choose("From version", "from")}
            <span className="text-muted">to</span>
            {choose("To version", "to")}
            <Button size="small" variant="quiet" className="ml-auto" onClick={() => setPair(null)}>
              Close
            </Button>
          </div>
          <VersionDiff uuid={uuid} from={pair.from} to={pair.to} />
        </section>
      )}
      <ol aria-label="Versions" className="divide-y divide-line">
        {versions.map((each, index) => (
          <VersionRow
            key={each.version}
            uuid={uuid}
            listed={each}
            current={version}
            onCompare={() =>
              setPair({ from: versions[index + 1]?.version ?? each.version, to: each.version })
            }
          />
        ))}
      </ol>
      {query.hasNextPage && (
        <Button
          size="small"
          className="mt-2"
          disabled={query.isFetchingNextPage}
          onClick={() => query.fetchNextPage()}
        >
          Show older versions
        </Button>
      )}
    </Panel>
  );
}
