"use client";

import { use } from "react";
import { RoleContext } from "@/components/auth/role-context";
import { can, type Permission } from "@/lib/auth/permissions";

/** Whether whoever looks may do something: what they may not is not shown. The server decides. */
export function useCan(permission: Permission): boolean {
  return can(use(RoleContext), permission);
}
