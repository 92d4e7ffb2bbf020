/**
 * A line of Markdown as a heading, without the marks that may close it: `## Prices ##` is level 2, "Prices". Null where it
 * is none.
 */
export function readHeading(line: string): { level: number; name: string } | null {
  const [, marks, rest] = /^(#{1,6})\s(.*)$/.exec(line.trim()) ?? [];
  if (marks === undefined || rest === undefined) return null;
  let end = rest.length;
  while (rest[end - 1] === "#") end -= 1;
  const name = rest.slice(0, end).trim();
  return name === "" ? null : { level: marks.length, name };
}
