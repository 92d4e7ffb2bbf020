/** Where else than to ourselves a page may connect, and how it is served. */
export type PolicyOptions = {
  /** Base64, new for each answer. */
  nonce: string;
  /** Origins of the Pusher server: https: and wss:, or http: and ws: on a laptop. */
  connectTo: readonly string[];
  isDevelopment: boolean;
  isHttps: boolean;
};

/**
 * The Content-Security-Policy of our pages: scripts only with this answer's nonce (and what those load), nothing
 * framed, nothing posted elsewhere. Style attributes are allowed, for React renders them into the page; style elements
 * need the nonce. Development takes `eval`, with which React rebuilds the server's stack traces, and the style elements
 * of Next's own overlay.
 */
export function contentSecurityPolicy({ nonce, connectTo, isDevelopment, isHttps }: PolicyOptions): string {
  const directives = [
    "default-src 'self'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ""}`,
    `style-src 'self' ${isDevelopment ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "media-src 'self' blob:",
    `connect-src ${["'self'", ...connectTo].join(" ")}`,
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(isHttps ? ["upgrade-insecure-requests"] : []),
  ];
  return directives.join("; ");
}
