/**
 * The better-auth endpoints that are open to the network, below /api/auth. It brings some fifty, administration
 * included; what is not named here is not there.
 */
const open: Readonly<Record<"GET" | "POST", RegExp>> = {
  GET: /^\/(get-session|magic-link\/verify|error|callback\/[a-z]+)$/,
  POST: /^\/(sign-in\/email|sign-in\/social|sign-out|request-password-reset|reset-password|change-password)$/,
};

/** Whether better-auth may answer a request to /api/auth/… */
export function isOpenAuthPath(method: "GET" | "POST", pathname: string): boolean {
  return open[method].test(pathname.replace(/^\/api\/auth/, ""));
}
