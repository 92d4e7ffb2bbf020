import { MessageSquareOff } from "lucide-react";
import Link from "next/link";
import { Notice } from "@/components/ui/notice";
import { Skeleton } from "@/components/ui/skeleton";
import { isGone } from "@/lib/conversations/queries";

/** In place of a conversation that is not here yet, was deleted, or cannot be read. */
export function ConversationUnavailable({ error }: { error: Error | null }) {
  if (!error) return <Skeleton className="m-4 h-40" />;
  return (
    <Notice
      icon={<MessageSquareOff aria-hidden />}
      title={isGone(error) ? "This conversation was deleted." : "This conversation could not be read."}
    >
      <p role="alert">
        {!isGone(error) && error.message}{" "}
        <Link href="/conversations" className="text-accent underline">
          Go to the conversations
        </Link>
      </p>
    </Notice>
  );
}
