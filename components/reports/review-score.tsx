import { Star } from "lucide-react";
import { classNames } from "@/components/ui/class-names";

interface ReviewScoreProps {
  score: number | null;
  canChange: boolean;
  onChange: (score: number | null) => void;
}

const scores = [1, 2, 3, 4, 5];

/** One to five stars; the one that is set, pressed again, takes the score back. */
export function ReviewScore({ score, canChange, onChange }: ReviewScoreProps) {
  if (!canChange)
    return <p>{score === null ? <span className="text-muted">Not scored</span> : `Score: ${score} of 5`}</p>;
  return (
    <fieldset className="flex items-center gap-0.5">
      <legend className="sr-only">Score</legend>
      {scores.map((each) => (
        <button
          key={each}
          type="button"
          aria-label={`Score ${each} of 5`}
          aria-pressed={score === each}
          onClick={() => onChange(score === each ? null : each)}
          className="grid size-8 place-items-center rounded-md hover:bg-hover"
        >
          <Star
            aria-hidden
            className={classNames("size-4", each <= (score ?? 0) ? "fill-current text-accent" : "text-muted")}
          />
        </button>
      ))}
      <span className="pl-1 text-muted">{score === null ? "Not scored" : `${score} of 5`}</span>
    </fieldset>
  );
}
