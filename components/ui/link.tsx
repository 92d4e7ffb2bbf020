"use client";

import { LoaderCircle } from "lucide-react";
// biome-ignore lint/style/noRestrictedImports: this is the Link that others use
import NextLink, { type LinkProps, useLinkStatus } from "next/link";

/**
 * A link to one of our own pages, which opens without a new document. Its page is fetched when the link is followed, not
 * before: every page is rendered per request and none has a loading state, so fetching ahead would cost one or two requests
 * for each link in view and bring nothing to show.
 */
export function Link<RouteType>(props: Omit<LinkProps<RouteType>, "prefetch">) {
  return <NextLink {...(props as LinkProps<RouteType>)} prefetch={false} />;
}

/** Inside a Link: shows that its page is loading, if that takes a moment. */
export function LinkPending() {
  const { pending } = useLinkStatus();
  return (
    pending && (
      <LoaderCircle aria-hidden className="ml-1.5 inline size-3.5 shrink-0 motion-safe:animate-spin" />
    )
  );
}
