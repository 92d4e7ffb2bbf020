import { existsSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { UserIds } from "./find-postgres-user";

/**
 * Whether a user may walk down to a path: every folder above it that exists must be open to them.
 * A home folder of mode 0700, /root above all, closes everything beneath it.
 */
export function canReach(path: string, user: UserIds): boolean {
  const parent = dirname(resolve(path));
  if (existsSync(parent) && !isOpenTo(parent, user)) return false;
  return parent === dirname(parent) || canReach(parent, user);
}

function isOpenTo(folder: string, user: UserIds): boolean {
  const { mode, uid, gid } = statSync(folder);
  if (uid === user.uid) return (mode & 0o100) !== 0;
  if (gid === user.gid) return (mode & 0o010) !== 0;
  return (mode & 0o001) !== 0;
}
