// A bare server around one way of taking posts.
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";

export function serve(take: RequestListener, end: () => Promise<void>): void {
  const server = createServer(take);
  server.listen(0, "127.0.0.1", () => process.send?.({ port: (server.address() as AddressInfo).port }));
  process.once("SIGTERM", () => {
    server.closeAllConnections();
    server.close(() => void end().then(() => process.exit(0)));
  });
}
