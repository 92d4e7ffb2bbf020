/** Environment variables by name, as `process.env`. */
export type Environment = Record<string, string | undefined>;
