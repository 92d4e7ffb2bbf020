import type { Instrumentation } from "next";

/** Next calls this once when a server starts. */
export async function register(): Promise<void> {
  // biome-ignore lint/style/noProcessEnv: Next replaces it at build time, so that the edge build never sees the import.
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { startServer } = await import("@/lib/start-server");
  await startServer();
}

/** Next calls this with each error that a route or a page throws. */
export const onRequestError: Instrumentation.onRequestError = async (cause, { method, headers }, context) => {
  // biome-ignore lint/style/noProcessEnv: Next replaces it at build time, so that the edge build never sees the import.
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { logRequestError } = await import("@/lib/log");
  const { findRequestId } = await import("@/lib/request-id");
  const requestId = findRequestId(
    new Headers(Object.entries(headers).map(([name, value]) => [name, String(value)])),
  );
  logRequestError(cause, { method, pattern: context.routePath, kind: context.routeType, requestId });
};
