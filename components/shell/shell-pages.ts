import type { Route } from "next";

interface ShellPage {
  name: string;
  href: Route;
  /** Paths below this one belong to it too. */
  prefix?: string;
}

/** The pages of the navigation bar, in its order. */
export const shellPages: readonly ShellPage[] = [
  { name: "Live", href: "/", prefix: "/calls/" },
  { name: "Alerts", href: "/alerts" },
  { name: "Analytics", href: "/analytics" },
];
