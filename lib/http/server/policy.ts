/** Origins that a page may connect to besides our own, and how the page is served. */
type PolicyOptions = {
  /** Base64, new for each answer. */
  nonce: string;
  /** Origins of the Pusher server: https: and wss:, or http: and ws: on a laptop. */
  connectTo: readonly string[];
  isDevelopment: boolean;
  isHttps: boolean;
};

/**
 * The Content-Security-Policy of our pages: scripts only with this response's nonce (and those they load), nothing
 * framed, nothing posted elsewhere. Style attributes are allowed, because React renders them into the page; style
 * elements need the nonce. Development needs `eval`, with which React rebuilds the server's stack traces, and the style
 * elements of Next's own overlay.
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

/**
 * Whether a request with a cookie comes from our own pages rather than another site's form or script. Browsers send
 * Sec-Fetch-Site on every request to a secure or local address; without it, Origin must match. A request with neither
 * header is refused.
 * @param appUrl our origin, like https://earshot.example.com
 */
export function isSameOrigin(headers: Headers, appUrl: string): boolean {
  const site = headers.get("sec-fetch-site");
  if (site !== null) return site === "same-origin";
  return headers.get("origin") === appUrl;
}

/** Headers of every page besides its content security policy. */
export function securityHeaders(isHttps: boolean): Readonly<Record<string, string>> {
  return {
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), payment=(), usb=(), microphone=()",
    // Two years, as browsers' preload lists require; sent over https only, where it has an effect.
    ...(isHttps ? { "strict-transport-security": "max-age=63072000; includeSubDomains" } : {}),
  };
}
