import type { BrowserContext } from "@playwright/test";

export type ConsoleWatch = {
  /** Also watches another context, such as a second person's browser. */
  watch: (context: BrowserContext) => Promise<void>;
  /** Ignores problems that a test provokes on purpose. */
  allow: (pattern: RegExp) => void;
  /** Problems in pages so far. */
  problems: () => string[];
};

/** Logged when a socket closes just as pusher-js sends something: it reconnects and nothing is lost. */
const closingSocket = /^WebSocket is already in CLOSING or CLOSED state/;

/** A page authorizes channels just as another test revokes a permission: it gets the new channel names and retries. */
const renamedChannels = /status of 409 .*\/api\/pusher\/auth\)$/;

/** Collects every `console.error`, uncaught error and violation of our own CSP in the pages it watches. */
export function createConsoleWatch(): ConsoleWatch {
  const seen: string[] = [];
  const allowed = [closingSocket, renamedChannels];
  return {
    watch: async (context) => {
      context.on("console", (message) => {
        if (message.type() === "error") seen.push(`${message.text()} (${message.location().url})`);
      });
      context.on("weberror", (thrown) => seen.push(String(thrown.error().stack)));
      // The browser logs nothing where a script catches the violation.
      await context.addInitScript(() =>
        document.addEventListener(
          "securitypolicyviolation",
          ({ violatedDirective, blockedURI, sourceFile }) =>
            console.error(`${violatedDirective} forbids ${blockedURI} in ${sourceFile}`),
        ),
      );
    },
    allow: (pattern) => allowed.push(pattern),
    problems: () => seen.filter((problem) => !allowed.some((pattern) => pattern.test(problem))),
  };
}
