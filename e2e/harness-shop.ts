// Somebody else's web site on another host, with a strict policy of its own, on which our buttons stand.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export type Shop = { address: (page?: string) => string; close: () => Promise<void> };

/**
 * Serves `page(path)` as the body of a page under `policy`. Another host than ours, so that no cookie of ours is its own.
 * @param style the shop's own style sheet, served at /shop.css
 */
export async function openShop(policy: string, page: (path: string) => string, style = ""): Promise<Shop> {
  const server = createServer((asked, answer) => {
    const path = asked.url ?? "/";
    if (path === "/shop.css") {
      answer.writeHead(200, { "Content-Type": "text/css" }).end(style);
      return;
    }
    if (path === "/favicon.ico") {
      answer.writeHead(204).end();
      return;
    }
    answer.writeHead(200, { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": policy });
    answer.end(
      `<!doctype html><html lang="ko"><head><title>상점</title>${style ? '<link rel="stylesheet" href="/shop.css">' : ""}</head><body><main><h1>상점</h1>${page(path)}</main></body></html>`,
    );
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    address: (path = "/") => `http://localhost:${port}${path}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
