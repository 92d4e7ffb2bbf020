import { MessageSquareOff } from "lucide-react";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/panel";

/** Shown if no conversation with this uuid was created, no event has arrived at its URL, or it was deleted. */
export default function ConversationNotFound() {
  return (
    <Notice icon={<MessageSquareOff aria-hidden />} title="Conversation not found">
      <p>
        No events have arrived at its URL, or it was deleted.{" "}
        <Link href="/conversations" className="text-accent underline">
          Go to conversations
        </Link>
      </p>
    </Notice>
  );
}
