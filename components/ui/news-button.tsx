import { ArrowDownUp } from "lucide-react";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";

interface NewsButtonProps {
  /** Number of changes the list holds back. */
  count: number;
  /** Names the changes and the action; a phone shows only the count. */
  label: string;
  onShow: () => void;
  /** Width of the longest label. The space is reserved even without changes, so that nothing moves when one arrives. */
  className: string;
}

/** A button that shows the changes a list holds back. */
export function NewsButton({ count, label, onShow, className }: NewsButtonProps) {
  return (
    <Button
      variant="primary"
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
