import Link from "next/link";
import { useCan } from "@/components/auth/use-can";
import { CopyButton } from "@/components/ui/copy-button";
import { Panel } from "@/components/ui/panel";
import type { Call } from "@/lib/calls/call";

/** What to look this call up by elsewhere. */
export function IdsPanel({ call }: { call: Call }) {
  const canSeeEvents = useCan("events.view");
  const ids = [
    ["Call", call.id],
    ["Conversation", call.conversationUuid],
    ["Assistant", call.assistantId],
  ] as const;
  return (
    <Panel title="Ids">
      <dl className="grid gap-1">
        {ids.map(
          ([name, id]) =>
            id && (
              <div key={name} className="grid grid-cols-[6.5rem_minmax(0,1fr)] items-center">
                <dt className="text-muted">{name}</dt>
                <dd className="flex items-center justify-between">
                  <span className="truncate font-mono text-xs">{id}</span>
                  <CopyButton text={id} what={`${name.toLowerCase()} id`} />
                </dd>
              </div>
            ),
        )}
      </dl>
      {canSeeEvents && (
        <Link
          href={`/events?callId=${encodeURIComponent(call.id)}`}
          className="mt-2 inline-block text-accent underline"
        >
          All events of this call
        </Link>
      )}
    </Panel>
  );
}
