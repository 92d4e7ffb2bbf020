import type { Call } from "@/lib/calls/call";
import { formatPhoneNumber } from "@/lib/format";

/** A complete number; viewers get it masked. */
const dialable = /^\+\d+$/;

/** A formatted phone number; a click dials it if it is complete. */
export function DialLink({ number }: { number: string }) {
  const shown = <bdi>{formatPhoneNumber(number)}</bdi>;
  if (!dialable.test(number)) return shown;
  return (
    <a href={`tel:${number}`} className="hover:text-ink hover:underline">
      {shown}
    </a>
  );
}

interface CallerNumberProps {
  call: Pick<Call, "customerName" | "customerNumber">;
  /** Makes the number a dial link. Not allowed inside another link. */
  canDial?: boolean;
}

/** The number of a caller who has a name, shown below the name. Renders nothing if the number is the title itself. */
export function CallerNumber({ call: { customerName, customerNumber }, canDial = false }: CallerNumberProps) {
  if (!customerName || !customerNumber) return null;
  return (
    <span className="truncate font-normal text-muted text-xs">
      {canDial ? <DialLink number={customerNumber} /> : <bdi>{formatPhoneNumber(customerNumber)}</bdi>}
    </span>
  );
}
