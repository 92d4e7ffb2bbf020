import { ArrowDownUp } from "lucide-react";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";

interface NewsButtonProps {
  /** How many changes a list holds back; 0 for none. */
  count: number;
  /** What they are and what the button does; a phone shows the count alone. */
  label: string;
  onShow: () => void;
  /** The width of the longest label: the button's room is kept while there is nothing, so that nothing moves when there is. */
  className: string;
}

/** Says that a list has news it does not show yet, and shows them. */
export function NewsButton({ count, label, onShow, className }: NewsButtonProps) {
  return (
    <Button
      look="primary"
      size="small"
      aria-label={label}
      onClick={onShow}
      className={classNames(
        "shrink-0 rounded-full max-sm:w-16 pointer-coarse:h-11",
        count === 0 && "invisible",
        className,
      )}
    >
      <ArrowDownUp aria-hidden />
      <span className="sm:hidden">{count.toLocaleString("en")}</span>
      <span className="truncate max-sm:hidden">{label}</span>
    </Button>
  );
}
