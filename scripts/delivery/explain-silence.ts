const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing listens there",
  ENOTFOUND: "there is no such host",
  EAI_AGAIN: "the name could not be looked up",
  ETIMEDOUT: "it does not answer",
  ECONNRESET: "it closed the connection",
  EPROTO: "it does not speak TLS",
};

/** Why an address could not be reached, in a sentence. */
export function explainSilence(url: URL, error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const reason = reasons[code] ?? (error instanceof Error && error.message ? error.message : String(error));
  return `Earshot cannot be reached at ${url.origin}: ${reason}. Is it running (npm run dev)? Is --url right?`;
}
