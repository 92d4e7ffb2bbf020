"use client";

import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import { useCan } from "@/components/auth/use-can";
import { ConversationName } from "@/components/conversations/conversation-name";
import { DeleteConversation } from "@/components/conversations/delete-conversation";
import { CopyButton } from "@/components/ui/copy-button";
import { Tip } from "@/components/ui/tip";
import type { ConversationDetail } from "@/lib/conversations/conversation";

/** What it is called, and where its events are sent. */
export function ConversationHead({ conversation }: { conversation: ConversationDetail }) {
  const canDelete = useCan("data.delete");
  return (
    <header className="grid gap-2 border-line border-b bg-surface px-3 py-3 sm:px-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="flex min-w-0 flex-1 items-center gap-2">
          <Tip label="Back to the conversations">
            <Link
              href="/conversations"
              aria-label="Back to the conversations"
              className="grid size-8 shrink-0 place-items-center rounded-md text-muted hover:bg-hover hover:text-ink"
            >
              <ArrowLeft aria-hidden className="size-4" />
            </Link>
          </Tip>
          <ConversationName conversation={conversation} />
        </div>
        {canDelete && <DeleteConversation conversation={conversation} />}
      </div>
      <p className="flex min-w-0 items-center gap-2">
        <span className="shrink-0 text-muted">Webhook</span>
        <code className="wrap-anywhere min-w-0 font-mono text-xs">{conversation.webhookUrl}</code>
        <CopyButton text={conversation.webhookUrl} what="the webhook URL" />
      </p>
    </header>
  );
}
