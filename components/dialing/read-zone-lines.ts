/** `+1212 America/New_York`, one a line → prefixes and zones, as the server is to judge them. */
export function readZoneLines(text: string): { prefix: string; zone: string }[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) => {
      const [prefix = "", ...zone] = line.split(/\s+/);
      return { prefix, zone: zone.join("_") };
    });
}
