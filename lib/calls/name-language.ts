const names = new Intl.DisplayNames(["en"], { type: "language", fallback: "code" });

/** A language in plain words: `es` → Spanish, `pt-BR` → Brazilian Portuguese. What is no language code stays as it is. */
export function nameLanguage(code: string): string {
  try {
    return names.of(code) ?? code;
  } catch {
    return code;
  }
}
