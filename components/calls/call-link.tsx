import { CallerNumber } from "@/components/calls/caller-number";
import { CutText } from "@/components/ui/cut-text";
import { Link, LinkPending } from "@/components/ui/link";
import { type Call, callTitle } from "@/lib/calls/call";

interface CallLinkProps {
  callId: string;
  call: Pick<Call, "customerName" | "customerNumber" | "direction">;
  /** In a list with keyboard navigation: whether the link is the list's tab stop. */
  isCurrent?: boolean;
  onFocus?: () => void;
}

/**
 * A call's title, linked to its page, and the number of a caller who has a name. The whole row or card around it is clickable.
 */
export function CallLink({ callId, call, isCurrent = true, onFocus }: CallLinkProps) {
  return (
    <span className="flex min-w-0 flex-col in-data-[density=compact]:flex-row in-data-[density=compact]:gap-2">
      <Link
        href={`/calls/${callId}`}
        tabIndex={isCurrent ? undefined : -1}
        onFocus={onFocus}
        className="flex min-w-0 items-center rounded-lg font-medium outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:outline-accent focus-visible:after:-outline-offset-2"
      >
        <CutText>{callTitle(call)}</CutText>
        <LinkPending />
      </Link>
      <CallerNumber call={call} />
    </span>
  );
}
