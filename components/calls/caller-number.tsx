import type { Call } from "@/lib/calls/call";
import { formatPhoneNumber } from "@/lib/format";

/** A number that is whole, as viewers do not get it. */
const dialable = /^\+\d+$/;

/** A number as people read it, which a click dials where it is whole. */
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
  /** Offers to dial it. Only outside of anything that is a link already. */
  canDial?: boolean;
}

/** The number of a caller who has a name, for below the name; nothing where the number is the title itself. */
export function CallerNumber({ call: { customerName, customerNumber }, canDial = false }: CallerNumberProps) {
  if (!customerName || !customerNumber) return null;
  return (
    <span className="truncate font-normal text-muted text-xs">
      {canDial ? <DialLink number={customerNumber} /> : <bdi>{formatPhoneNumber(customerNumber)}</bdi>}
    </span>
  );
}
