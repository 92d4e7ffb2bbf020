interface Issue {
  path: readonly PropertyKey[];
  message: string;
}

/** Joins the issues into a text, without repeats; an issue inside JSON gets its path. */
export function describeIssues(issues: readonly Issue[]): string {
  const sentences = issues.map(({ path, message }) => {
    const inside = path.findIndex((key) => key === "assistant" || key === "squad" || key === "overrides");
    return inside < 0 ? message : `${path.slice(inside).map(String).join(".")}: ${message}`;
  });
  return [...new Set(sentences)].join(" ");
}
