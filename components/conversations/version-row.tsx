"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Bot, Cog, KeyRound, User } from "lucide-react";
import { useState, useTransition } from "react";
import { useCan } from "@/components/auth/use-can";
import { LiveAgo } from "@/components/clock/local-time";
import { FormMessage } from "@/components/form/field";
import { ConfirmButton } from "@/components/settings/confirm-button";
import { Button } from "@/components/ui/button";
import { saveRestored } from "@/lib/conversations/client/save-context";
import { conversationQuery } from "@/lib/conversations/queries";
import type { ListedVersion } from "@/lib/conversations/versions";

/** Describes how a version came about. */
export function describeVersion({ kind, restored, changed }: ListedVersion): string {
  switch (kind) {
    case "made":
      return "created it";
    case "forgotten":
      return "cleared it";
    case "restored":
      return `restored version ${restored}`;
    case "patched":
    case "replaced":
      return changed.length > 0 ? `changed ${changed.join(", ")}` : "changed it";
  }
}

/** Restores the context of an earlier version, after confirmation. */
export function RestoreButton({
  uuid,
  version,
  current,
}: {
  uuid: string;
  version: number;
  current: number;
}) {
  const queryClient = useQueryClient();
  const [problem, setProblem] = useState<string | null>(null);
  const [isPending, start] = useTransition();
  const { queryKey } = conversationQuery(uuid);

  const restore = () =>
    start(async () => {
      const saved = await saveRestored(uuid, current, version);
      if (saved.outcome === "saved") queryClient.setQueryData(queryKey, saved.conversation);
      if (saved.outcome === "conflict") await queryClient.invalidateQueries({ queryKey });
      setProblem(saved.outcome === "saved" ? null : saved.why);
    });

  return (
    <>
      <ConfirmButton
        verb="Restore"
        title={`Restore version ${version}?`}
        disabled={isPending}
        onConfirm={restore}
      >
        Its context becomes a new version. The versions in between stay in the history.
      </ConfirmButton>
      {problem && <FormMessage kind="error">{problem}</FormMessage>}
    </>
  );
}

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

/** One version: who did what and when, with comparison and restore. */
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
      <Button size="small" variant="quiet" aria-label={`Compare version ${version}`} onClick={onCompare}>
        Compare
      </Button>
      {canEdit && version !== current && <RestoreButton uuid={uuid} version={version} current={current} />}
    </li>
  );
}
