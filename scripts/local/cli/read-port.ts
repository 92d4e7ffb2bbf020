import { Complaint } from "./complaint";

/**
 * The port to listen on: the one given, else PORT (also of `.env`, once that was read), else 3000.
 *
 * @throws a Complaint when that is no port
 */
export function readPort(given: string | undefined): number {
  const text = given ?? (process.env.PORT || "3000");
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw new Complaint(`"${text}" is no port: give a number from 1 to 65535.`);
}
