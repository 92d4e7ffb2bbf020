"use client";

import { AlertDialog } from "@base-ui/react/alert-dialog";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { Field, FormMessage } from "@/components/form/field";
import { Button } from "@/components/ui/button";
import type { ConversationDetail } from "@/lib/conversations/conversation";
import { sendJson } from "@/lib/http/client";
import { deletionPhrase } from "@/lib/privacy/subject";

/** Deletes a conversation, after showing the effect on its calls and asking for a typed confirmation. */
export function DeleteConversation({ conversation: { uuid, calls } }: { conversation: ConversationDetail }) {
  const router = useRouter();
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [isPending, start] = useTransition();
  const phrase = deletionPhrase({ calls });
  const isMeant = calls === 0 || typed.trim().toLowerCase() === phrase;

  const remove = () =>
    start(async () => {
      const query = new URLSearchParams({ confirmation: phrase });
      const sent = await sendJson("DELETE", `/api/conversations/${uuid}?${query}`);
      if (!sent.ok) return setProblem(sent.why);
      router.push("/conversations");
    });

  return (
    <AlertDialog.Root open={isOpen} onOpenChange={setOpen}>
      <AlertDialog.Trigger render={<Button variant="danger" size="small" />}>Delete</AlertDialog.Trigger>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="fixed inset-0 z-40 bg-ink/30" />
        <AlertDialog.Popup className="fixed top-1/2 left-1/2 z-50 grid w-[min(28rem,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 gap-3 rounded-xl border border-line bg-surface p-5 shadow-xl">
          <AlertDialog.Title className="font-semibold text-base">Delete this conversation?</AlertDialog.Title>
          <AlertDialog.Description className="text-muted">
            {calls === 0
              ? "Its context and its history are deleted. It has no calls."
              : "Its context, its history and all of its calls are deleted, with their transcripts, reports, alerts and events."}{" "}
            This cannot be undone. A later event sent to its URL creates it again, empty.
          </AlertDialog.Description>
          {calls > 0 && (
            <Field
              label={`Type “${phrase}”`}
              value={typed}
              autoComplete="off"
              onChange={({ currentTarget }) => setTyped(currentTarget.value)}
            />
          )}
          {problem && <FormMessage kind="error">{problem}</FormMessage>}
          <div className="mt-2 flex justify-end gap-2">
            <AlertDialog.Close render={<Button />}>Cancel</AlertDialog.Close>
            <Button variant="danger" disabled={!isMeant || isPending} onClick={remove}>
              Delete conversation
            </Button>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
