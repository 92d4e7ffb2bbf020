"use client";

import { createContext } from "react";
import type { Role } from "@/lib/auth/roles";

/** The viewer's role. */
export const RoleContext = createContext<Role>("viewer");
