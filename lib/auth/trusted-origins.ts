const loopback = ["localhost", "127.0.0.1", "[::1]"];

/** The origins our own pages have: the configured one, and on a laptop its other names for itself. */
export function trustedOrigins(appUrl: string): string[] {
  const { hostname, protocol, port } = new URL(appUrl);
  if (!loopback.includes(hostname)) return [appUrl];
  return loopback.map((name) => `${protocol}//${name}${port ? `:${port}` : ""}`);
}
