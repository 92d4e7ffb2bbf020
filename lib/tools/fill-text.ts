const placeholder = /\{\{\s*([\w.-]+)\s*\}\}/g;

/** The names of a template's `{{placeholders}}`, each once. */
export function listPlaceholders(template: string): string[] {
  return [...new Set([...template.matchAll(placeholder)].map(([, name]) => name ?? ""))];
}

/** A template with its placeholders filled in; what comes in is not looked through again. */
export function fillText(template: string, toValue: (name: string) => string): string {
  return template.replace(placeholder, (_, name: string) => toValue(name));
}
