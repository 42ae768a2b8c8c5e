// Serves the minimal page out of the folder where run.ts built it.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import next from "next";

const app = next({ dev: false, dir: process.env.BENCH_APP ?? "", quiet: true });
await app.prepare();
const handle = app.getRequestHandler();
const server = createServer((request, response) => void handle(request, response));
server.listen(0, "127.0.0.1", () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.removeAllListeners("SIGTERM");
process.once("SIGTERM", () => process.exit(0));
