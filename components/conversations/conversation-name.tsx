"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Pencil } from "lucide-react";
import { useState, useTransition } from "react";
import { useCan } from "@/components/auth/use-can";
import { FormMessage } from "@/components/form/field";
import { readFields, takeFields } from "@/components/form/read-fields";
import { Button, IconButton } from "@/components/ui/button";
import { saveFacts } from "@/lib/conversations/client/save-context";
import type { ConversationDetail } from "@/lib/conversations/conversation";
import { conversationQuery } from "@/lib/conversations/queries";

/** A conversation's name, editable for those who have the permission. */
export function ConversationName({
  conversation: { uuid, name, version },
}: {
  conversation: ConversationDetail;
}) {
  const queryClient = useQueryClient();
  const canEdit = useCan("context.edit");
  /** The version being edited; null while the name is only shown. */
  const [base, setBase] = useState<number | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isPending, start] = useTransition();

  const save = (form: FormData) =>
    start(async () => {
      const { queryKey } = conversationQuery(uuid);
      const wanted = readFields(form, "name").name.trim() || null;
      const saved = await saveFacts(uuid, base ?? version, { name: wanted });
      if (saved.outcome === "conflict") {
        await queryClient.invalidateQueries({ queryKey });
        setBase(queryClient.getQueryData(queryKey)?.version ?? version);
      }
      if (saved.outcome !== "saved") return setProblem(saved.why);
      queryClient.setQueryData(queryKey, saved.conversation);
      setProblem(null);
      setBase(null);
    });

  if (base === null) {
    return (
      <>
        <h1 className="wrap-anywhere min-w-0 font-semibold text-lg">
          <bdi>{name ?? "Unnamed conversation"}</bdi>
        </h1>
        {canEdit && (
          <IconButton label="Rename" onClick={() => setBase(version)}>
            <Pencil aria-hidden />
          </IconButton>
        )}
      </>
    );
  }
  return (
    <form onSubmit={takeFields(save)} className="flex min-w-0 flex-1 flex-wrap items-center gap-2">
      <input
        name="name"
        aria-label="Name"
        defaultValue={name ?? ""}
        maxLength={200}
        ref={(input) => input?.focus()}
        onKeyDown={({ key }) => key === "Escape" && setBase(null)}
        className="h-9 min-w-40 flex-1 rounded-md border border-line-strong bg-surface px-3 text-base text-ink sm:text-sm"
      />
      <Button type="submit" variant="primary" disabled={isPending}>
        Save name
      </Button>
      <Button onClick={() => setBase(null)}>Cancel</Button>
      {problem && <FormMessage kind="error">{problem}</FormMessage>}
    </form>
  );
}
