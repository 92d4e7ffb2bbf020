"use client";

import Link from "next/link";
import { ContextEditor } from "@/components/conversations/context-editor";
import { Panel } from "@/components/ui/panel";
import type { CallDetail } from "@/lib/calls/detail";
import { callDetailQuery } from "@/lib/calls/queries";
import { applyPushToDetail } from "@/lib/live/apply";
import { useChannel } from "@/lib/realtime/client/query-feed";
import { conversationChannel } from "@/lib/realtime/push";

/** What all events of the call's conversation share, as it changes; and for those who may, to change. */
export function ContextPanel({ detail: { call, conversation } }: { detail: CallDetail }) {
  const { uuid, name, version } = conversation;
  useChannel<CallDetail>(conversationChannel(uuid), callDetailQuery(call.id).queryKey, applyPushToDetail);
  return (
    <Panel title="Context" aside={`version ${version}`}>
      <p className="pb-2">
        <Link href={`/conversations/${uuid}`} className="wrap-anywhere text-accent underline">
          {name ?? "Conversation, with its history"}
        </Link>
      </p>
      <ContextEditor uuid={uuid} known={conversation} />
    </Panel>
  );
}
