"use client";

import { Bot, Cog, KeyRound, User } from "lucide-react";
import { useCan } from "@/components/auth/use-can";
import { LiveAgo } from "@/components/clock/live-ago";
import { describeVersion } from "@/components/conversations/describe-version";
import { RestoreButton } from "@/components/conversations/restore-button";
import { Button } from "@/components/ui/button";
import type { ListedVersion } from "@/lib/conversations/versions";

interface VersionRowProps {
  uuid: string;
  listed: ListedVersion;
  /** The newest version. */
  current: number;
  onCompare: () => void;
}

const writers = {
  person: { Icon: User, word: "" },
  "api-key": { Icon: KeyRound, word: "API key " },
  tool: { Icon: Bot, word: "Tool " },
  system: { Icon: Cog, word: "" },
} as const;

/** One version: who did what, when; to compare, and to restore. */
export function VersionRow({ uuid, listed, current, onCompare }: VersionRowProps) {
  const { version, by, at } = listed;
  const { Icon, word } = writers[by.kind];
  const canEdit = useCan("context.edit");
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
      <span className="w-8 shrink-0 text-right font-medium">{version}</span>
      <div className="min-w-40 flex-1">
        <p className="wrap-anywhere">
          <Icon aria-hidden className="mr-1 inline size-3.5 text-muted" />
          <span className="font-medium">
            {word}
            {by.name}
          </span>{" "}
          {describeVersion(listed)}
        </p>
        <p className="text-muted text-xs">
          <LiveAgo at={at} />
          {by.kind === "tool" && <span className="wrap-anywhere font-mono"> {by.id}</span>}
        </p>
      </div>
      <Button size="small" look="quiet" aria-label={`Compare version ${version}`} onClick={onCompare}>
        Compare
      </Button>
      {canEdit && version !== current && <RestoreButton uuid={uuid} version={version} current={current} />}
    </li>
  );
}
