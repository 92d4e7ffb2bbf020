import { text } from "node:stream/consumers";
import { afterEach, describe, expect, it } from "vitest";
import { env } from "@/lib/env";
import { type GuardedInit, guardedFetch } from "@/lib/http/server/guarded-fetch";
import { serve } from "@/tests/support/servers/serve";

/** The hosts of one test, as OUTGOING_ALLOWED_HOSTS would name them. */
const allow = (...hosts: string[]) => env.OUTGOING_ALLOWED_HOSTS.push(...hosts);

afterEach(() => {
  env.OUTGOING_ALLOWED_HOSTS.length = 0;
});

/** A name server that gives one answer per lookup. */
function nameServer(...answers: string[][]) {
  let asked = 0;
  const resolve = async () => {
    const addresses = answers[Math.min(asked, answers.length - 1)] ?? [];
    asked += 1;
    return addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
  };
  return { resolve, asked: () => asked };
}

const because = (target: string, init?: GuardedInit) =>
  guardedFetch(target, init).then(
    () => "it was fetched",
    (cause: { because?: string; name: string }) => cause.because ?? cause.name,
  );

describe("outgoing requests are never sent to", () => {
  it.each([
    "https://127.0.0.1/",
    "https://127.1/",
    "https://0x7f000001/",
    "https://2130706433/",
    "https://0/",
    "https://[::1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:7f00:1]/",
    "https://169.254.169.254/latest/meta-data/",
    "https://[fd00:ec2::254]/",
    "https://10.0.0.1/",
    "https://192.168.0.1:8443/",
    "https://localhost/",
  ])("%s, which is not a public address", async (target) => {
    expect(await because(target)).toBe("address");
  });

  it("a name with a private address, even among public ones", async () => {
    expect(await because("https://inside.example/", nameServer(["10.0.0.7"]))).toBe("address");
    expect(await because("https://both.example/", nameServer(["1.1.1.1", "127.0.0.1"]))).toBe("address");
    expect(await because("https://six.example/", nameServer(["::ffff:10.0.0.7"]))).toBe("address");
    expect(await because("https://nothing.example/", nameServer([]))).toBe("address");
  });

  it.each([
    "http://example.com/",
    "ftp://example.com/",
    "file:///etc/passwd",
    "data:text/plain,x",
    "gopher://x/",
  ])("%s, which is not https", async (target) => expect(await because(target)).toBe("scheme"));

  it("a URL with a password", async () => {
    expect(await because("https://user:secret@example.com/")).toBe("scheme");
  });

  it("a host the caller did not allow", async () => {
    const hosts = ["hooks.slack.com", "*.vapi.ai"];
    for (const host of [
      "example.com",
      "vapi.ai",
      "evilvapi.ai",
      "vapi.ai.example.com",
      "hooks.slack.com.example",
    ])
      expect(await because(`https://${host}/`, { hosts })).toBe("host");
    const inside = { hosts, ...nameServer(["127.0.0.1"]) };
    expect(await because("https://storage.vapi.ai/", inside)).toBe("address");
  });
});

describe("outgoing requests: an allowed host", () => {
  it("gets the given method, headers and body, and its response reads like one from fetch", async () => {
    const host = await serve(async (request, response) => {
      response.setHeader("set-cookie", ["a=1", "b=2"]);
      response.writeHead(201, { "content-type": "application/json" });
      response.end(
        JSON.stringify({ method: request.method, sent: await text(request), headers: request.headers }),
      );
    });
    allow(host);
    const response = await guardedFetch(`http://${host}/path`, {
      method: "post",
      body: '{"é":1}',
      headers: { "X-Kind": "test" },
    });
    expect(response.status).toBe(201);
    expect(response.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
    expect(await response.json()).toMatchObject({
      method: "POST",
      sent: '{"é":1}',
      headers: { "x-kind": "test", host, "content-length": "8", "accept-encoding": "identity" },
    });
  });

  it("named with a port is allowed with that port only", async () => {
    const [one, other] = [
      await serve((_, response) => response.end()),
      await serve((_, response) => response.end()),
    ];
    allow(one);
    expect(await because(`http://${one}/`)).toBe("it was fetched");
    expect(await because(`http://${other}/`)).toBe("scheme");
    expect(await because(`https://${other}/`)).toBe("address");
  });

  it("may answer without a body", async () => {
    const host = await serve((_, response) => response.writeHead(204).end());
    allow(host);
    expect((await guardedFetch(`http://${host}/`)).status).toBe(204);
  });
});

describe("outgoing requests: a name whose addresses change", () => {
  it("is resolved once, and the connection goes to the checked address", async () => {
    const host = await serve((_, response) => response.end("the one that was checked"), "127.0.0.1");
    const port = host.split(":")[1];
    allow(`rebinding.example:${port}`);
    const names = nameServer(["127.0.0.1"], ["127.0.0.2"]);
    const response = await guardedFetch(`http://rebinding.example:${port}/`, { resolve: names.resolve });
    expect(await response.text()).toBe("the one that was checked");
    expect(names.asked()).toBe(1);
  });

  it("is checked again after a redirect", async () => {
    const host = await serve((_, response) =>
      response.writeHead(302, { location: "https://turned.example/" }).end(),
    );
    allow(host);
    const names = nameServer(["127.0.0.1"]);
    expect(await because(`http://${host}/`, { resolve: names.resolve })).toBe("address");
  });
});

describe("outgoing requests: a redirect", () => {
  const redirect = (status: number, location: string) =>
    serve((_, response) => response.writeHead(status, { location }).end());

  it.each([
    "https://127.0.0.1:1/",
    "https://169.254.169.254/",
    "https://[::1]/",
    "//10.0.0.1/",
    "http://example.com/",
    "file:///etc/passwd",
  ])("to %s is not followed", async (location) => {
    const host = await redirect(302, location);
    allow(host);
    expect(["address", "scheme"]).toContain(await because(`http://${host}/`));
  });

  it("to another host drops credentials, and becomes GET where fetch does so", async () => {
    const end = await serve(async (request, response) => {
      response.end(
        JSON.stringify({ method: request.method, body: await text(request), headers: request.headers }),
      );
    });
    const [seeOther, keep] = [await redirect(303, `http://${end}/`), await redirect(307, `http://${end}/`)];
    allow(end, seeOther, keep);
    const init = {
      method: "POST",
      body: "body",
      headers: { authorization: "Bearer x", cookie: "a=1", "x-kind": "t" },
    };
    const followed = await (await guardedFetch(`http://${seeOther}/`, init)).json();
    expect(followed).toMatchObject({ method: "GET", body: "", headers: { "x-kind": "t" } });
    const kept = await (await guardedFetch(`http://${keep}/`, init)).json();
    expect(kept).toMatchObject({ method: "POST", body: "body" });
    for (const { headers } of [followed, kept]) {
      expect(headers).not.toHaveProperty("authorization");
      expect(headers).not.toHaveProperty("cookie");
    }
  });

  it("is returned without being followed when redirects are off", async () => {
    const host = await redirect(302, "https://127.0.0.1/");
    allow(host);
    const response = await guardedFetch(`http://${host}/`, { maxRedirects: 0 });
    expect(response.status).toBe(302);
  });

  it("in a loop is abandoned after four requests", async () => {
    let asked = 0;
    const host = await serve((_, response) => {
      asked += 1;
      response.writeHead(302, { location: "/again" }).end();
    });
    allow(host);
    expect(await because(`http://${host}/`)).toBe("redirects");
    expect(asked).toBe(4);
  });
});

describe("outgoing requests: a response", () => {
  it("that declares too large a size is rejected", async () => {
    const host = await serve((_, response) => response.writeHead(200, { "content-length": "2000000" }).end());
    allow(host);
    expect(await because(`http://${host}/`)).toBe("size");
  });

  it("that grows too large is aborted, and its connection is closed", async () => {
    let isClosed = false;
    const host = await serve((_, response) => {
      const more = () =>
        response.write("x".repeat(64 * 1024), () => !response.destroyed && setImmediate(more));
      response.on("close", () => {
        isClosed = true;
      });
      more();
    });
    allow(host);
    const response = await guardedFetch(`http://${host}/`);
    await expect(response.text()).rejects.toMatchObject({ because: "size" });
    await expect.poll(() => isClosed).toBe(true);
  });

  it("that is compressed is not decompressed", async () => {
    const host = await serve((_, response) =>
      response.writeHead(200, { "content-encoding": "gzip" }).end("packed"),
    );
    allow(host);
    expect(await (await guardedFetch(`http://${host}/`)).text()).toBe("packed");
  });

  it.each([
    ["does not begin", (write: (part: string) => void) => void write],
    ["does not end", (write: (part: string) => void) => write("a beginning")],
  ])("that %s is abandoned at the time limit", async (_, begin) => {
    const host = await serve((_request, response) => begin((part) => response.write(part)));
    allow(host);
    const read = guardedFetch(`http://${host}/`, { timeoutMs: 200 }).then((response) => response.text());
    await expect(read).rejects.toMatchObject({ name: "TimeoutError" });
  });

  it("is not awaited once the caller aborts", async () => {
    const host = await serve(() => {});
    allow(host);
    const gone = new AbortController();
    const read = guardedFetch(`http://${host}/`, { signal: gone.signal });
    gone.abort();
    await expect(read).rejects.toMatchObject({ name: "AbortError" });
  });

  it("outgoing requests: waiting for an unresponsive name server ends at the time limit", async () => {
    const resolve = () => new Promise<never>(() => {});
    await expect(guardedFetch("https://slow.example/", { resolve, timeoutMs: 100 })).rejects.toMatchObject({
      name: "TimeoutError",
    });
  });
});
