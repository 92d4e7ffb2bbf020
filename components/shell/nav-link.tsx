"use client";

import type { Route } from "next";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { useListTrail } from "@/components/calls/list-trail";
import { Link } from "@/components/ui/link";

interface NavLinkProps {
  href: Route;
  /** Paths that start with this belong to the page too. */
  prefix: string | undefined;
  title?: string;
  className: string;
  children: ReactNode;
}

/** Whether `path` is this page or belongs to it. */
export function isCurrentPage(
  { href, prefix }: { href: string; prefix?: string | undefined },
  path: string,
): boolean {
  return path === href || (prefix !== undefined && path.startsWith(prefix));
}

/** The path that decides the current page of the navigation: a call counts as part of the list it was opened from. */
export function useNavPath(): string {
  const path = usePathname();
  const [, page, id] = path.split("/");
  const trail = useListTrail(page === "calls" && id ? id : null);
  return trail ? (trail.href.split("?")[0] ?? path) : path;
}

/** A link in the navigation; `aria-current` marks it while it, or a page below it, is open. */
export function NavLink({ href, prefix, title, className, children }: NavLinkProps) {
  const isHere = isCurrentPage({ href, prefix }, useNavPath());
  return (
    <Link href={href} title={title} aria-current={isHere ? "page" : undefined} className={className}>
      {children}
    </Link>
  );
}
