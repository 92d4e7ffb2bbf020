type Init = {
  method?: string;
  cookie?: string;
  key?: string;
  json?: unknown;
  headers?: Record<string, string>;
};

const appUrl = "http://localhost:3000";

/** Builds a request as our own pages make it: same origin, JSON, with a session cookie or an API key. */
export function send(path: string, { method = "GET", cookie, key, json, headers }: Init = {}): Request {
  return new Request(new URL(path, appUrl), {
    method,
    headers: {
      origin: appUrl,
      "sec-fetch-site": "same-origin",
      ...(cookie ? { cookie } : {}),
      ...(key ? { authorization: `Bearer ${key}` } : {}),
      ...(json === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
  });
}
