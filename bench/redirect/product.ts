// The product's own front, without Next behind it: every press recorded, counted and rolled up.
import type { AddressInfo } from "node:net";
import { proxyList } from "@/server/addresses";
import { frontServer } from "@/server/front";
import { answerPage, notFoundPage } from "@/server/plain-page";
import { Presses } from "@/server/presses";

const proxies = proxyList([]);
const presses = new Presses(proxies);
await presses.start();
const server = frontServer(presses, {
  admission: { origin: "http://127.0.0.1", port: 80, proxies },
  dev: false,
  databaseReachable: () => true,
  handle: async (request, response) => answerPage(request, response, notFoundPage),
  handleHook: async (request, response) => answerPage(request, response, notFoundPage),
});
server.listen(0, "127.0.0.1", () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.once("SIGTERM", () => {
  server.closeAllConnections();
  server.close(() => void presses.stop().then(() => process.exit(0)));
});
