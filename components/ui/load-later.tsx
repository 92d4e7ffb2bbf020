"use client";

import { type ComponentType, Suspense, useState } from "react";
import { showProgress } from "@/components/ui/toast";

/**
 * True on the server, and in the browser while React hydrates its page. Not `useSyncExternalStore`: that would render each
 * component once more, in the same task as hydration.
 */
const isServerRendered = () =>
  typeof document === "undefined" || document.documentElement.dataset.ready === undefined;

/**
 * Puts a component of `next/dynamic` in a Suspense boundary of its own. `next/dynamic` adds none, so while its code
 * loads, React would hold back every update of the page, down to the keys pressed: a call's new turns would wait for the
 * command palette. What the server has rendered needs none: hydration waits for the code in any case, and a boundary
 * would let the server send the page without it.
 */
export function withSuspense<Props extends object>(Part: ComponentType<Props>): ComponentType<Props> {
  return function PartInSuspense(props) {
    const part = <Part {...props} />;
    const [isBare] = useState(isServerRendered);
    return isBare ? part : <Suspense>{part}</Suspense>;
  };
}

const longestWaitMs = 30_000;

/**
 * Imports the code of a part of a page. Never rejects: while it cannot be loaded, says so and tries again with growing
 * waits, and at once when the browser is back online. An import that fails would otherwise replace the whole page, a wall
 * display's too, by an error, and React and the bundler would remember the failure.
 *
 * @param load calls `import()`
 */
export async function loadCode<Module>(load: () => Promise<Module>): Promise<Module> {
  for (let waitMs = 1_000; ; waitMs = Math.min(2 * waitMs, longestWaitMs)) {
    const module = await load().catch(() => null);
    if (module !== null) return module;
    showProgress("Part of this page could not be loaded. Trying again…");
    await online(waitMs);
  }
}

/** Resolves after `waitMs`, or when the browser comes online. */
function online(waitMs: number): Promise<void> {
  return new Promise((resolve) => {
    const tryNow = () => {
      clearTimeout(timer);
      removeEventListener("online", tryNow);
      resolve();
    };
    const timer = setTimeout(tryNow, waitMs);
    addEventListener("online", tryNow);
  });
}
