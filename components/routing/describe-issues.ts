interface Issue {
  path: readonly PropertyKey[];
  message: string;
}

/** What is wrong, each thing once, with where it stands when it stands inside JSON. */
export function describeIssues(issues: readonly Issue[]): string {
  const sentences = issues.map(({ path, message }) => {
    const inside = path.findIndex((key) => key === "assistant" || key === "squad" || key === "overrides");
    return inside < 0 ? message : `${path.slice(inside).map(String).join(".")}: ${message}`;
  });
  return [...new Set(sentences)].join(" ");
}
