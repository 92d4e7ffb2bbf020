/**
 * The better-auth endpoints that are open to the network, below /api/auth. It brings some fifty, administration
 * included; what is not named here is not there.
 */
const open: Readonly<Record<"GET" | "POST", RegExp>> = {
  GET: /^\/(get-session|magic-link\/verify|error)$/,
  POST: /^\/(sign-in\/email|sign-in\/social|sign-out|request-password-reset|reset-password|change-password)$/,
};

const callback = /^\/callback\/([a-z]+)$/;

/** Whether better-auth may answer a request to /api/auth/… */
export function isOpenAuthPath(
  method: "GET" | "POST",
  pathname: string,
  providers: readonly string[],
): boolean {
  const path = pathname.replace(/^\/api\/auth/, "");
  if (open[method].test(path)) return true;
  // A made-up provider would cost a row and a log line for each name.
  const provider = method === "GET" ? callback.exec(path)?.[1] : undefined;
  return provider !== undefined && providers.includes(provider);
}
