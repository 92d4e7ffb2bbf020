"use client";

import type { Route } from "next";
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { useListTrail } from "@/components/calls/list-trail";

interface NavLinkProps {
  href: Route;
  /** Paths below this one belong to it too. */
  prefix: string | undefined;
  title?: string;
  className: string;
  children: ReactNode;
}

/** Whether the page at `path` is this one or belongs to it. */
export function isCurrentPage(
  { href, prefix }: { href: string; prefix?: string | undefined },
  path: string,
): boolean {
  return path === href || (prefix !== undefined && path.startsWith(prefix));
}

/** The path that a page of the navigation is current by: a call's page is a page of the list it was opened from. */
export function useNavPath(): string {
  const path = usePathname();
  const [, page, id] = path.split("/");
  const trail = useListTrail(page === "calls" && id ? decodeURIComponent(id) : null);
  return trail ? (trail.href.split("?")[0] ?? path) : path;
}

/** A page in the navigation; `aria-current` says that it, or a page of its own, is open. */
export function NavLink({ href, prefix, title, className, children }: NavLinkProps) {
  const isHere = isCurrentPage({ href, prefix }, useNavPath());
  return (
    <Link href={href} title={title} aria-current={isHere ? "page" : undefined} className={className}>
      {children}
    </Link>
  );
}
