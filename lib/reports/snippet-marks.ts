/** What stands before and after a found word in a snippet: characters for private use, which nobody says. */
export const snippetMarks = { start: "\uE000", stop: "\uE001" } as const;
