import { snippetMarks } from "@/lib/reports/columns";

/** A piece of what was said, with the words that were asked for marked in it. */
export function Snippet({ text }: { text: string }) {
  const pieces = text.split(snippetMarks.start).flatMap((piece, index) => {
    const [found = "", rest = ""] = index === 0 ? ["", piece] : piece.split(snippetMarks.stop);
    return [
      { key: `${index} found`, text: found, isFound: true },
      { key: `${index} rest`, text: rest, isFound: false },
    ].filter((each) => each.text !== "");
  });
  return (
    <p dir="auto" className="line-clamp-2 text-muted text-xs">
      {pieces.map(({ key, text: words, isFound }) =>
        isFound ? (
          <mark key={key} className="rounded-sm bg-accent-soft font-medium text-ink">
            {words}
          </mark>
        ) : (
          words
        ),
      )}
    </p>
  );
}
