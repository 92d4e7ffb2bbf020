/** What an assistant is told of a tool call: exactly one of the two, always a single line. */
export type ToolAnswer = { result: string } | { error: string };
