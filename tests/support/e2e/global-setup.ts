import type { FullConfig } from "@playwright/test";
import { createParts } from "@/scripts/local/stack/create-parts";
import { type App, handOverApps } from "./app";
import { startApp } from "./start-app";

/** Starts an app for each worker, one after the other, because the first makes the build that all of them run. */
export default async function setUp({ workers }: FullConfig) {
  const parts = createParts();
  try {
    const apps: App[] = [];
    for (let index = 0; index < workers; index += 1) apps.push(await startApp(index, parts));
    handOverApps(apps);
  } catch (error) {
    await parts.stopAll();
    throw error;
  }
  return parts.stopAll;
}
