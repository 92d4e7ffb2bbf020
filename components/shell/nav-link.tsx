"use client";

import type { Route } from "next";
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";

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

/** A page in the navigation; `aria-current` says that it, or a page of its own, is open. */
export function NavLink({ href, prefix, title, className, children }: NavLinkProps) {
  const path = usePathname();
  const isHere = isCurrentPage({ href, prefix }, path);
  return (
    <Link href={href} title={title} aria-current={isHere ? "page" : undefined} className={className}>
      {children}
    </Link>
  );
}
