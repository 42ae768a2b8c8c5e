// The product as it is started in production: server.ts and the build, on a port that is free.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

const port = await freePort();
process.env.PORT = String(port);
process.env.DAMSO_URL = `http://127.0.0.1:${port}`;
await import("../../server");
for (let tries = 0; !(await ready()); tries += 1) {
  if (tries === 600) throw new Error("The product is not ready after half a minute");
  await pause(50);
}
process.send?.({ port });

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

async function ready(): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/readyz`)).ok;
  } catch (error) {
    // Not listening yet.
    if (error instanceof TypeError) return false;
    throw error;
  }
}
