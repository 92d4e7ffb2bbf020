/** What no endpoint may be called: Earshot's own tools, and what stands in their place in our own paths. */
export const reservedNames: readonly string[] = [
  "echo",
  "find_caller",
  "lookup_context",
  "send_email",
  "transfer_to_team",
  "update_context",
  "directory",
  "endpoints",
  "mail",
];
