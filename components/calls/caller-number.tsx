import type { Call } from "@/lib/calls/call";
import { formatPhoneNumber } from "@/lib/format";

interface CallerNumberProps {
  call: Pick<Call, "customerName" | "customerNumber">;
  /** Offers to dial it. Only outside of anything that is a link already. */
  canDial?: boolean;
}

/** A number that is whole, as viewers do not get it. */
const dialable = /^\+\d+$/;

/** The number of a caller who has a name, for below the name; nothing where the number is the title itself. */
export function CallerNumber({ call: { customerName, customerNumber }, canDial = false }: CallerNumberProps) {
  if (!customerName || !customerNumber) return null;
  const shown = <bdi>{formatPhoneNumber(customerNumber)}</bdi>;
  return (
    <span className="truncate font-normal text-muted text-xs">
      {canDial && dialable.test(customerNumber) ? (
        <a href={`tel:${customerNumber}`} className="hover:text-ink hover:underline">
          {shown}
        </a>
      ) : (
        shown
      )}
    </span>
  );
}
