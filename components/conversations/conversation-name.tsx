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
export function ConversationName({ conversation: { uuid, name } }: { conversation: ConversationDetail }) {
  const queryClient = useQueryClient();
  const canEdit = useCan("context.edit");
  const [isEditing, setEditing] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isPending, start] = useTransition();

  const save = (form: FormData) =>
    start(async () => {
      const saved = await saveFacts(uuid, { name: readFields(form, "name").name.trim() || null });
      if (saved.outcome === "refused") return setRefusal(saved.why);
      if (saved.outcome === "saved")
        queryClient.setQueryData(conversationQuery(uuid).queryKey, saved.conversation);
      setRefusal(null);
      setEditing(false);
    });

  if (!isEditing) {
    return (
      <>
        <h1 className="wrap-anywhere min-w-0 font-semibold text-lg">
          <bdi>{name ?? "Unnamed conversation"}</bdi>
        </h1>
        {canEdit && (
          <IconButton label="Rename" onClick={() => setEditing(true)}>
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
        onKeyDown={({ key }) => key === "Escape" && setEditing(false)}
        className="h-9 min-w-40 flex-1 rounded-md border border-line-strong bg-surface px-3 text-base text-ink sm:text-sm"
      />
      <Button type="submit" variant="primary" disabled={isPending}>
        Save name
      </Button>
      <Button onClick={() => setEditing(false)}>Cancel</Button>
      {refusal && <FormMessage kind="refused">{refusal}</FormMessage>}
    </form>
  );
}
