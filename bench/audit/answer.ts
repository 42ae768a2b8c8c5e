// A way of doing the work behind a bare server: each request does it once; 302 says done, as the load expects.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { closeDatabase } from "@/lib/db/client";

/**
 * @param work one unit of work
 * @param check null when all of it was right, else what was not; asked for at `/check`
 * @param end what to stop before the database closes
 */
export function answerWith(
  work: () => Promise<void>,
  check: () => Promise<string | null>,
  end: () => Promise<void> = async () => undefined,
): void {
  const server = createServer(async (request, response) => {
    try {
      if (request.url === "/check") {
        response.end(JSON.stringify({ fault: await check() }));
        return;
      }
      await work();
      response.writeHead(302, { "Content-Length": "0" }).end();
    } catch (error) {
      process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
      response.writeHead(500, { "Content-Length": "0" }).end();
    }
  });
  server.listen(0, "127.0.0.1", () => process.send?.({ port: (server.address() as AddressInfo).port }));
  process.once("SIGTERM", () => {
    server.closeAllConnections();
    server.close(
      () =>
        void end()
          .then(closeDatabase)
          .then(() => process.exit(0)),
    );
  });
}
