"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState, useTransition } from "react";
import { FormMessage } from "@/components/form/form-message";
import { ConfirmButton } from "@/components/settings/confirm-button";
import { saveRestored } from "@/lib/conversations/client/save-context";
import { conversationQuery } from "@/lib/conversations/queries";

/** Asks, and gives a conversation the context of an earlier version again. */
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
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isPending, start] = useTransition();
  const { queryKey } = conversationQuery(uuid);

  const restore = () =>
    start(async () => {
      const saved = await saveRestored(uuid, current, version);
      if (saved.outcome === "saved") queryClient.setQueryData(queryKey, saved.conversation);
      if (saved.outcome === "conflict") await queryClient.invalidateQueries({ queryKey });
      const why = saved.outcome === "refused" ? saved.why : null;
      setRefusal(
        saved.outcome === "conflict" ? "Somebody has changed it meanwhile. Look, and try again." : why,
      );
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
      {refusal && <FormMessage kind="refused">{refusal}</FormMessage>}
    </>
  );
}
