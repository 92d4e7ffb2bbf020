const browsers = [
  [/Edg\//, "Edge"],
  [/OPR\//, "Opera"],
  [/Firefox\//, "Firefox"],
  [/Chrome\//, "Chrome"],
  [/Safari\//, "Safari"],
] as const;

const systems = [
  [/iPhone|iPad/, "iOS"],
  [/Android/, "Android"],
  [/Windows/, "Windows"],
  [/Mac OS X/, "macOS"],
  [/Linux/, "Linux"],
] as const;

/** "Firefox on Linux" from a User-Agent: enough to distinguish one's own sessions. The order above matters. */
export function describeDevice(userAgent: string | null): string {
  const browser = browsers.find(([mark]) => mark.test(userAgent ?? ""))?.[1] ?? "Unknown browser";
  const system = systems.find(([mark]) => mark.test(userAgent ?? ""))?.[1];
  return system ? `${browser} on ${system}` : browser;
}
