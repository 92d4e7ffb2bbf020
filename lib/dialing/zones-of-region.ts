/** Engines have it as an accessor, newer ones as a function; TypeScript knows neither. */
type WithZones = Intl.Locale & { timeZones?: string[]; getTimeZones?: () => string[] };

/** The time zones of a country, by its two letters: the United States have 29. */
export function zonesOfRegion(region: string): string[] {
  const locale: WithZones = new Intl.Locale("und", { region });
  return locale.getTimeZones?.() ?? locale.timeZones ?? [];
}
