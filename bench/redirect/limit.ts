// The limit: a bare node:http 302 that looks at nothing and records nothing.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const server = createServer((_request, response) => {
  response.writeHead(302, {
    Location: "https://bizmessage.kakao.com/chat/open/@bench?extra=pl_bench",
    "Content-Length": "0",
  });
  response.end();
});
server.listen(0, "127.0.0.1", () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.once("SIGTERM", () => process.exit(0));
