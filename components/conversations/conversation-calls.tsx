"use client";

import { useQuery } from "@tanstack/react-query";
import { leavesTrail } from "@/components/calls/list-trail";
import { LiveState } from "@/components/calls/live-state";
import { LiveAgo } from "@/components/clock/local-time";
import { CutText } from "@/components/ui/cut-text";
import { Link } from "@/components/ui/link";
import { Panel, Skeleton } from "@/components/ui/panel";
import { callTitle } from "@/lib/calls/call";
import { conversationCallsQuery } from "@/lib/conversations/queries";
import { applyPushToItsCalls } from "@/lib/live/apply";
import { usePollInterval } from "@/lib/realtime/client/connection";
import { useChannel } from "@/lib/realtime/client/query-feed";
import { boardChannel } from "@/lib/realtime/push";

/** The newest calls of a conversation, kept current. */
export function ConversationCalls({ uuid }: { uuid: string }) {
  const query = conversationCallsQuery(uuid);
  useChannel(boardChannel, query.queryKey, applyPushToItsCalls);
  const { data, error } = useQuery({ ...query, refetchInterval: usePollInterval() });
  return (
    <Panel title="Calls" aside={data?.calls.length}>
      {error && (
        <p role="alert" className="text-danger">
          Could not load calls: {error.message}
        </p>
      )}
      {!data && !error && <Skeleton className="h-16" />}
      {data?.calls.length === 0 && <p className="text-muted">No calls yet.</p>}
      {data !== undefined && data.calls.length > 0 && (
        <ul
          aria-label="Calls"
          className="relative max-h-96 divide-y divide-line overflow-y-auto"
          {...leavesTrail(
            "Conversations",
            data.calls.map(({ id }) => id),
          )}
        >
          {data.calls.map((call) => (
            <li key={call.id} className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 py-1.5">
              <Link href={`/calls/${call.id}`} className="min-w-0 font-medium hover:underline">
                <CutText>{callTitle(call)}</CutText>
              </Link>
              <span className="text-muted text-xs">
                <LiveAgo at={call.startedAt ?? call.createdAt} />
              </span>
              <CutText className="text-muted text-xs">{call.assistantName}</CutText>
              <span className="text-xs">
                <LiveState call={call} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
