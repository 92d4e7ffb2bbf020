"use client";

import { createContext } from "react";

/** When the server rendered the page, epoch ms: what hydration must take for now, or its text would differ. */
export const RenderedAt = createContext(0);
