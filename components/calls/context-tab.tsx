"use client";

import { ContextEditor } from "@/components/conversations/context-editor";
import { DataPanel } from "@/components/report/report-panel";
import { Link } from "@/components/ui/link";
import { Panel } from "@/components/ui/panel";
import type { CallDetail } from "@/lib/calls/detail";
import { callDetailQuery } from "@/lib/calls/detail-query";
import { applyPushToDetail } from "@/lib/live/apply-to-detail";
import { useChannel } from "@/lib/realtime/client/query-feed";
import { conversationChannel } from "@/lib/realtime/push";

/** The context at the end of the call, if it has changed since. */
export function ContextAtEnd({
  left: { version, context },
}: {
  left: NonNullable<CallDetail["contextAtEnd"]>;
}) {
  return <DataPanel title={`Context when the call ended (version ${version})`} value={context} />;
}

/** The conversation's context, kept current; editable for those who have the permission. */
export function ContextTab({ detail: { call, contextAtEnd, conversation } }: { detail: CallDetail }) {
  const { uuid, name, version } = conversation;
  useChannel<CallDetail>(conversationChannel(uuid), callDetailQuery(call.id).queryKey, applyPushToDetail);
  return (
    <>
      {contextAtEnd && <ContextAtEnd left={contextAtEnd} />}
      <Panel title="Context" aside={`version ${version}`}>
        <p className="pb-2">
          <Link href={`/conversations/${uuid}`} className="wrap-anywhere text-accent underline">
            {name ?? "Open conversation"}
          </Link>
        </p>
        <ContextEditor uuid={uuid} known={conversation} />
      </Panel>
    </>
  );
}
