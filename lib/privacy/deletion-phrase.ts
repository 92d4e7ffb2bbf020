/** What has to be typed before anything is deleted: it says how much, so that nobody deletes what they have not seen. */
export function deletionPhrase({ calls }: { calls: number }): string {
  return `delete ${calls} ${calls === 1 ? "call" : "calls"}`;
}
