import { CopyButton } from "@/components/ui/copy-button";
import { Json } from "@/components/ui/json";
import { Panel } from "@/components/ui/panel";
import type { ConversationDetail } from "@/lib/conversations/conversation";

/** What to paste into Vapi, so that an assistant's events come here. */
export function VapiPanel({ conversation: { vapi } }: { conversation: ConversationDetail }) {
  return (
    <Panel
      title="Paste into the assistant"
      aside={<CopyButton text={JSON.stringify(vapi, null, 2)} what="the server block" />}
    >
      <p className="pb-2 text-muted">
        Sends the assistant's events here. Add the secret, or choose the credential, that Vapi proves itself
        with.
      </p>
      <Json label="Server block" value={vapi} />
    </Panel>
  );
}
