import { SearchX } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";

/** There are live calls, but none that was asked for. */
export function BoardNoMatch({ onClear }: { onClear: () => void }) {
  return (
    <Notice icon={<SearchX aria-hidden />} title="No live call matches.">
      <Button onClick={onClear}>Show all calls</Button>
    </Notice>
  );
}
