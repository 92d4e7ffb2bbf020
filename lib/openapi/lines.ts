/** An answer of one JSON object a line. @param what stands in them */
export function lines(what: string) {
  return { type: "application/jsonl", description: `${what}, a JSON object a line.` };
}
