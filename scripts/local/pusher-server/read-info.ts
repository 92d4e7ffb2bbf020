/** The `info` parameter: attributes, separated by commas. */
export function readInfo(info: string | null | undefined): string[] {
  return (info ?? "").split(",").filter(Boolean);
}
