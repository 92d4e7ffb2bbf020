"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState, useTransition } from "react";
import { useCan } from "@/components/auth/use-can";
import { FormMessage } from "@/components/form/field";
import { readFields, takeFields } from "@/components/form/read-fields";
import { ResourceField } from "@/components/form/resource-field";
import { Button } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import { saveFacts } from "@/lib/conversations/client/save-context";
import type { ConversationDetail } from "@/lib/conversations/conversation";
import { conversationQuery } from "@/lib/conversations/queries";

/** Sets the assistant that answers this conversation's calls, if it has one of its own. */
export function AnswerForm({
  conversation: { uuid, answer, version },
}: {
  conversation: ConversationDetail;
}) {
  const queryClient = useQueryClient();
  const canEdit = useCan("context.edit");
  const [message, setMessage] = useState<{ kind: "error" | "done"; text: string } | null>(null);
  const [isPending, start] = useTransition();
  const assistantId = answer?.assistantId ?? "";

  const save = (form: FormData) =>
    start(async () => {
      const wanted = readFields(form, "assistantId").assistantId.trim();
      const { queryKey } = conversationQuery(uuid);
      const saved = await saveFacts(uuid, version, { answer: wanted ? { assistantId: wanted } : null });
      if (saved.outcome === "conflict") await queryClient.invalidateQueries({ queryKey });
      if (saved.outcome !== "saved") return setMessage({ kind: "error", text: saved.why });
      queryClient.setQueryData(queryKey, saved.conversation);
      setMessage({ kind: "done", text: "Saved." });
    });

  return (
    <Panel title="Assistant to answer with">
      {canEdit ? (
        <form key={assistantId} onSubmit={takeFields(save)} className="grid gap-2">
          <ResourceField
            kind="assistants"
            label="Assistant"
            name="assistantId"
            defaultValue={assistantId}
            hint="For calls to numbers without an assistant. Leave empty to use the routing rules."
          />
          <Button type="submit" className="w-fit" disabled={isPending}>
            Save assistant
          </Button>
          {message && <FormMessage kind={message.kind}>{message.text}</FormMessage>}
        </form>
      ) : (
        <p className={assistantId ? "wrap-anywhere font-mono text-xs" : "text-muted"}>
          {assistantId || "Not set. The routing rules decide."}
        </p>
      )}
    </Panel>
  );
}
