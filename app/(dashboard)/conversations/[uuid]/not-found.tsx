import { MessageSquareOff } from "lucide-react";
import Link from "next/link";
import { Notice } from "@/components/ui/panel";

/** Nobody has made a conversation of this uuid, and no event has come to its URL. */
export default function ConversationNotFound() {
  return (
    <Notice icon={<MessageSquareOff aria-hidden />} title="Conversation not found.">
      <p>
        No events have arrived at its URL, or it was deleted.{" "}
        <Link href="/conversations" className="text-accent underline">
          Go to conversations
        </Link>
      </p>
    </Notice>
  );
}
