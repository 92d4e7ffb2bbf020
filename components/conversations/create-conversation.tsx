"use client";

import { Dialog } from "@base-ui/react/dialog";
import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { z } from "zod";
import { Field } from "@/components/form/field";
import { FormMessage } from "@/components/form/form-message";
import { readFields } from "@/components/form/read-fields";
import { takeFields } from "@/components/form/take-fields";
import { Button } from "@/components/ui/button";
import { sendJson } from "@/lib/http/client";

const answerSchema = z.object({ conversation: z.object({ uuid: z.string() }) });

/** Makes a conversation, and opens its page, which has the URL and the block to paste into Vapi. */
export function CreateConversation() {
  const router = useRouter();
  const [isOpen, setOpen] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isPending, start] = useTransition();

  const create = (form: FormData) =>
    start(async () => {
      const { name, assistantId } = readFields(form, "name", "assistantId");
      const sent = await sendJson("POST", "/api/conversations", {
        name: name.trim() || null,
        answer: assistantId.trim() ? { assistantId: assistantId.trim() } : null,
      });
      if (!sent.ok) return setRefusal(sent.why);
      router.push(`/conversations/${answerSchema.parse(sent.value).conversation.uuid}`);
    });

  return (
    <Dialog.Root open={isOpen} onOpenChange={setOpen}>
      <Dialog.Trigger render={<Button look="primary" className="ml-auto" />}>
        <Plus aria-hidden />
        Create<span className="max-sm:sr-only"> a conversation</span>
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-[oklch(0_0_0/0.45)]" />
        <Dialog.Popup className="fixed top-1/2 left-1/2 z-50 w-[min(28rem,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 rounded-xl border border-line bg-surface p-5 shadow-2xl outline-none">
          <form onSubmit={takeFields(create)} className="grid gap-3">
            <Dialog.Title className="font-semibold text-base">Create a conversation</Dialog.Title>
            <Dialog.Description className="text-muted">
              It has a webhook URL of its own. All events sent there share its context.
            </Dialog.Description>
            <Field label="Name" name="name" maxLength={200} placeholder="Booking line" />
            <Field
              label="Assistant id (optional)"
              name="assistantId"
              maxLength={200}
              hint="The assistant that takes its calls, where the phone number has none."
            />
            {refusal && <FormMessage kind="refused">{refusal}</FormMessage>}
            <div className="flex justify-end gap-2">
              <Dialog.Close render={<Button />}>Cancel</Dialog.Close>
              <Button type="submit" look="primary" disabled={isPending}>
                Create conversation
              </Button>
            </div>
          </form>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
