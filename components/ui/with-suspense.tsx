"use client";

import { type ComponentType, Suspense, useState, useSyncExternalStore } from "react";

const never = () => () => {};

/** True on the server, and in the browser for what mounts by hydrating the server's page. Constant per instance. */
function useWasServerRendered(): boolean {
  const isHydrating = useSyncExternalStore(
    never,
    () => false,
    () => true,
  );
  return useState(isHydrating)[0];
}

/**
 * Puts a component of `next/dynamic` in a Suspense boundary of its own. `next/dynamic` adds none, so while its code
 * loads, React would hold back every update of the page, down to the keys pressed: a call's new turns would wait for the
 * command palette. What the server has rendered needs none: hydration waits for the code in any case, and a boundary
 * would let the server send the page without it.
 */
export function withSuspense<Props extends object>(Part: ComponentType<Props>): ComponentType<Props> {
  return function PartInSuspense(props) {
    const part = <Part {...props} />;
    return useWasServerRendered() ? part : <Suspense>{part}</Suspense>;
  };
}
