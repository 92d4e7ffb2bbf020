import { Ear } from "lucide-react";
import { classNames } from "@/components/ui/class-names";
import { describeOnlyIn } from "@/lib/calls/only-in";
import type { Bubble as BubbleContent } from "@/lib/calls/transcript";
import { formatDuration } from "@/lib/format";

interface BubbleProps {
  bubble: BubbleContent;
  /** Epoch ms of the call's start. */
  from: number;
  /** Label of the voice that is not the assistant's. */
  caller: string;
  onChoose: (at: number) => void;
}

const voices = {
  user: { side: "mr-[12%] justify-self-start", paper: "bg-caller-soft", ink: "text-caller" },
  assistant: {
    side: "ml-[12%] justify-self-end",
    paper: "bg-assistant-soft",
    ink: "text-assistant",
  },
} as const;

/** Below this confidence the line is marked as uncertain. */
const sureEnough = 0.8;

/** What one voice said without a break; partials in italics. */
export function Bubble({ bubble, from, caller, onChoose }: BubbleProps) {
  const { side, paper, ink } = voices[bubble.role];
  const at = Date.parse(bubble.at);
  return (
    <div className={classNames("grid gap-0.5", side)}>
      <p className="flex flex-wrap items-baseline gap-x-2 text-xs">
        <span className={classNames("font-medium", ink)}>
          <bdi>{bubble.assistantName ?? (bubble.role === "user" ? caller : "Assistant")}</bdi>
        </span>
        <button
          type="button"
          onClick={() => onChoose(at)}
          className="reach rounded text-muted hover:text-ink hover:underline"
        >
          {formatDuration(at - from)}
        </button>
        {bubble.onlyIn !== null && (
          <span className="flex items-baseline gap-1 text-muted">
            <Ear aria-hidden className="size-3 shrink-0 self-center" />
            {describeOnlyIn(bubble.onlyIn)}
          </span>
        )}
        {bubble.confidence !== null && bubble.confidence < sureEnough && (
          <span className="text-muted">{Math.round(bubble.confidence * 100)} % confidence</span>
        )}
      </p>
      <p
        dir="auto"
        className={classNames(
          "wrap-anywhere w-fit max-w-[65ch] whitespace-pre-wrap rounded-lg px-3 py-1.5",
          paper,
          bubble.onlyIn !== null && "outline-1 outline-line outline-dashed",
        )}
      >
        {bubble.text}
        {bubble.partial !== null && (
          <i data-testid="partial">
            {bubble.text && " "}
            {bubble.partial}
          </i>
        )}
      </p>
      {bubble.filters.map(({ threats, original }) => (
        <p key={`${original} ${threats.join()}`} className="wrap-anywhere max-w-[65ch] text-waiting text-xs">
          Changed by Vapi's security filter{threats.length > 0 && ` (${threats.join(", ")})`}
          {original && `. Original: ${original}`}
        </p>
      ))}
    </div>
  );
}
