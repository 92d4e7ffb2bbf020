import { type Access, pages } from "@/lib/auth/permissions";

const patterns = Object.entries(pages).map(([path, access]) => ({ pattern: toPattern(path), access }));

/** What the page under a path asks for; null where there is no page. The first match is the most literal one. */
export function findPageAccess(pathname: string): Access | null {
  if (pages[pathname]) return pages[pathname];
  return patterns.find(({ pattern }) => pattern.test(pathname))?.access ?? null;
}

/** `/calls/[callId]` matches any one segment in place of the brackets; `[...rest]` any number of them. */
function toPattern(path: string): RegExp {
  const source = path
    .split("/")
    .map((segment) => (/^\[\.\.\./.test(segment) ? ".+" : /^\[/.test(segment) ? "[^/]+" : segment))
    .join("/");
  return new RegExp(`^${source}$`);
}
