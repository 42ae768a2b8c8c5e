// Dealers' webhooks.
import type { IncomingMessage, ServerResponse } from "node:http";
import { answerPage, pageOf } from "./plain-page";

/** Answers a dealer's event. */
export async function handleHook(request: IncomingMessage, response: ServerResponse): Promise<void> {
  answerPage(request, response, pageOf(404));
}
