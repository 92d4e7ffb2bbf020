import type { TestProject } from "vitest/node";
import { applyMigrations } from "@/scripts/local/apply-migrations";
import { ensureDatabase, startThrowawayPostgres } from "@/scripts/local/throwaway-postgres";
import { templateName } from "@/tests/support/database/template-name";

declare module "vitest" {
  interface ProvidedContext {
    /** The database `postgres` of the test run's own server, as superuser. */
    postgresUrl: string;
  }
}

/** Starts one PostgreSQL for the whole run, with a template from which each test file's database is copied. */
export default async function setUp(project: TestProject) {
  const server = await startThrowawayPostgres();
  try {
    await applyMigrations(await ensureDatabase(server, templateName));
  } catch (error) {
    await server.stop();
    throw error;
  }
  project.provide("postgresUrl", server.urlOf("postgres"));
  return server.stop;
}
