// The order in which a request is looked at: presses first, since they are the most and must be the fastest.
import { createServer, type Server } from "node:http";
import { answerConsignees } from "./consignees";
import { answerEmbed } from "./embed";
import { answerHealth } from "./health";
import { answerPages, type Pages } from "./pages";
import type { Presses } from "./presses";
import { answerQr } from "./qr-images";

/** A server that does not listen yet. Sockets idle for two minutes are closed; a request may take half an hour to arrive (uploads). */
export function frontServer(presses: Presses, pages: Pages): Server {
  const server = createServer(
    { maxHeaderSize: 16_384, headersTimeout: 30_000, requestTimeout: 1_800_000, keepAliveTimeout: 65_000 },
    (request, response) => {
      if (presses.answer(request, response) || answerHealth(request, response)) return;
      if (answerQr(request, response, presses.map) || answerEmbed(request, response, presses.map)) return;
      if (answerConsignees(request, response)) return;
      void answerPages(request, response, pages);
    },
  );
  server.timeout = 120_000;
  return server;
}
