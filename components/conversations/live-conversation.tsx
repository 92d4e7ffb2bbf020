"use client";

import { useQuery } from "@tanstack/react-query";
import { ArrowLeft, MessageSquareOff } from "lucide-react";
import { useCan } from "@/components/auth/use-can";
import { AnswerForm } from "@/components/conversations/answer-form";
import { ContextEditor } from "@/components/conversations/context-editor";
import { ConversationCalls } from "@/components/conversations/conversation-calls";
import { ConversationEvents } from "@/components/conversations/conversation-events";
import { ConversationName } from "@/components/conversations/conversation-name";
import { DeleteConversation } from "@/components/conversations/delete-conversation";
import { VersionHistory } from "@/components/conversations/version-history";
import { IconLink } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Json } from "@/components/ui/json";
import { Link } from "@/components/ui/link";
import { Notice, Panel, Skeleton } from "@/components/ui/panel";
import type { ConversationDetail } from "@/lib/conversations/conversation";
import { conversationQuery, isNotFound } from "@/lib/conversations/queries";
import { applyPushToConversation } from "@/lib/live/apply";
import { usePollInterval } from "@/lib/realtime/client/connection";
import { useChannel } from "@/lib/realtime/client/query-feed";
import { conversationChannel } from "@/lib/realtime/push";

/** The conversation's name, and the URL for its events. */
export function ConversationHead({ conversation }: { conversation: ConversationDetail }) {
  const canDelete = useCan("data.delete");
  return (
    <header className="grid gap-2 border-line border-b bg-surface px-3 py-3 sm:px-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="flex min-w-0 flex-1 items-center gap-2">
          <IconLink label="Back to conversations" href="/conversations">
            <ArrowLeft aria-hidden />
          </IconLink>
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

/** Shown in place of a conversation that is loading, was deleted, or cannot be read. */
export function ConversationUnavailable({ error }: { error: Error | null }) {
  if (!error) return <Skeleton className="m-4 h-40" />;
  return (
    <Notice
      icon={<MessageSquareOff aria-hidden />}
      title={isNotFound(error) ? "This conversation was deleted." : "Could not load this conversation."}
    >
      <p role="alert">
        {!isNotFound(error) && error.message}{" "}
        <Link href="/conversations" className="text-accent underline">
          Go to conversations
        </Link>
      </p>
    </Notice>
  );
}

/** One conversation, kept current by pushes, or by polling while the push connection is down. */
export function useConversation(uuid: string) {
  const query = conversationQuery(uuid);
  useChannel<ConversationDetail>(conversationChannel(uuid), query.queryKey, applyPushToConversation);
  return useQuery({ ...query, refetchInterval: usePollInterval() });
}

/** The settings to paste into Vapi, so that an assistant's events arrive here. */
export function VapiPanel({ conversation: { vapi } }: { conversation: ConversationDetail }) {
  return (
    <Panel
      title="Assistant settings to paste"
      aside={<CopyButton text={JSON.stringify(vapi, null, 2)} what="the server block" />}
    >
      <p className="pb-2 text-muted">
        Sends the assistant's events here. Add the secret or choose the credential that Vapi authenticates
        with.
      </p>
      <Json label="Server block" value={vapi} />
    </Panel>
  );
}

/** One conversation: context and history, Vapi settings, calls and events. */
export function LiveConversation({ uuid }: { uuid: string }) {
  const { data: conversation, error } = useConversation(uuid);
  const canSeeEvents = useCan("events.view");
  // While the server is unreachable, what is shown or typed stays.
  if (!conversation || isNotFound(error)) return <ConversationUnavailable error={error} />;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)]">
      <ConversationHead conversation={conversation} />
      <div className="grid grid-cols-[minmax(0,1fr)] lg:grid-cols-[minmax(0,1fr)_26rem]">
        <div className="min-w-0">
          <Panel title="Context" aside={`version ${conversation.version}`}>
            <ContextEditor uuid={uuid} known={conversation} />
          </Panel>
          <VersionHistory uuid={uuid} version={conversation.version} />
        </div>
        <div className="min-w-0 border-line bg-surface max-lg:border-t lg:border-l">
          <VapiPanel conversation={conversation} />
          <AnswerForm conversation={conversation} />
          <ConversationCalls uuid={uuid} />
          {canSeeEvents && <ConversationEvents uuid={uuid} />}
        </div>
      </div>
    </div>
  );
}
