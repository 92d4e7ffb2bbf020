/**
 * Why nothing posted to this address will ever be taken, in a sentence.
 *
 * @returns null for an answer that may be different next time
 */
export function explainRefusal(url: URL, status: number): string | null {
  switch (status) {
    case 401:
      return `Earshot at ${url.origin} refused the secret (401). Give the one it runs with: --secret or VAPI_WEBHOOK_SECRET.`;
    case 404:
    case 405:
      return `There is no webhook at ${url.href} (${status}). Is it Earshot that answers there?`;
    default:
      return null;
  }
}
