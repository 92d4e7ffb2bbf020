import type { BrowserContext } from "@playwright/test";

export type ConsoleWatch = {
  /** Also listens to another context, such as a second person's browser. */
  watch: (context: BrowserContext) => Promise<void>;
  /** What a test provokes on purpose does not count. */
  allow: (pattern: RegExp) => void;
  /** What went wrong in a page, so far. */
  problems: () => string[];
};

/** What the browser says when a socket closes just as pusher-js sends something: it connects anew, nothing is lost. */
const closingSocket = /^WebSocket is already in CLOSING or CLOSED state/;

/** A page asks for channels just as another test takes a right from somebody: it is told their new names, and asks again. */
const renamedChannels = /status of 409 .*\/api\/pusher\/auth\)$/;

/** Collects every `console.error`, every uncaught error and every breach of their own policy of the pages it watches. */
export function createConsoleWatch(): ConsoleWatch {
  const seen: string[] = [];
  const allowed = [closingSocket, renamedChannels];
  return {
    watch: async (context) => {
      context.on("console", (message) => {
        if (message.type() === "error") seen.push(`${message.text()} (${message.location().url})`);
      });
      context.on("weberror", (thrown) => seen.push(String(thrown.error().stack)));
      // The browser is silent where a script catches what was forbidden.
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
