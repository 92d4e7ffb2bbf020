import { NextRequest } from "next/server";
import { expect, test } from "vitest";
import { proxy } from "@/proxy";

const post = (bytes: number) =>
  proxy(
    new NextRequest("http://localhost:3000/sign-in", {
      method: "POST",
      headers: { "content-length": String(bytes) },
    }),
  );

test("pages: an upload of more than 256 KB is answered 413", () => {
  expect(post(256 * 1024 + 1).status).toBe(413);
  expect(post(256 * 1024).status).toBe(200);
});
