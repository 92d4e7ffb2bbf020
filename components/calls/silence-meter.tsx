import { stateLook } from "@/components/calls/state-look";
import { classNames } from "@/components/ui/class-names";
import type { CallState } from "@/lib/calls/state";

const steps = [1, 2, 3, 4, 5];

/** Five bars; `share` of the time is over until the silence is a long one. Says nothing the clock beside it does not say. */
export function SilenceMeter({ share, state }: { share: number; state: CallState }) {
  const filled = share * steps.length;
  return (
    <span aria-hidden className="flex gap-0.5 @max-4xl:hidden">
      {steps.map((step) => (
        <span
          key={step}
          className={classNames("h-3 w-1 rounded-full", step <= filled ? stateLook[state].bar : "bg-line")}
        />
      ))}
    </span>
  );
}
