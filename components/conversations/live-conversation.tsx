"use client";

import { useCan } from "@/components/auth/use-can";
import { AnswerForm } from "@/components/conversations/answer-form";
import { ContextEditor } from "@/components/conversations/context-editor";
import { ConversationCalls } from "@/components/conversations/conversation-calls";
import { ConversationEvents } from "@/components/conversations/conversation-events";
import { ConversationHead } from "@/components/conversations/conversation-head";
import { ConversationUnavailable } from "@/components/conversations/conversation-unavailable";
import { useConversation } from "@/components/conversations/use-conversation";
import { VapiPanel } from "@/components/conversations/vapi-panel";
import { VersionHistory } from "@/components/conversations/version-history";
import { Panel } from "@/components/ui/panel";
import { isGone } from "@/lib/conversations/queries";

/** One conversation: its context and history, how Vapi reaches it, its calls and its events. */
export function LiveConversation({ uuid }: { uuid: string }) {
  const { data: conversation, error } = useConversation(uuid);
  const canSeeEvents = useCan("events.view");
  // A server that cannot be reached for a while takes nothing of what is shown, or typed.
  if (!conversation || isGone(error)) return <ConversationUnavailable error={error} />;
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
