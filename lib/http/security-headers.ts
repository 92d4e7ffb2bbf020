/** What every page is sent with besides its content security policy. */
export function securityHeaders(isHttps: boolean): Readonly<Record<string, string>> {
  return {
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), payment=(), usb=(), microphone=()",
    // Two years, as browsers' preload lists ask; said over https only, where it means something.
    ...(isHttps ? { "strict-transport-security": "max-age=63072000; includeSubDomains" } : {}),
  };
}
