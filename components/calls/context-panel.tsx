import { Json } from "@/components/ui/json";
import { Panel } from "@/components/ui/panel";
import type { Conversation } from "@/lib/calls/call-detail";

/** What all events of the conversation share. */
export function ContextPanel({ conversation: { name, context, version } }: { conversation: Conversation }) {
  return (
    <Panel title="Context" aside={`version ${version}`}>
      {name && <p className="pb-2">{name}</p>}
      {Object.keys(context).length === 0 ? (
        <p className="text-muted">
          Empty. Whatever is put into this conversation's context, every tool and assistant of it can read.
        </p>
      ) : (
        <Json label="Context" value={context} />
      )}
    </Panel>
  );
}
