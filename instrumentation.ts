import type { Instrumentation } from "next";
import { errorFields, log } from "@/lib/log";
import { pathShape } from "@/lib/path-shape";

/** What Next could not answer: one line with the number (digest) that the error page shows, never the query or the headers. */
export const onRequestError: Instrumentation.onRequestError = (error, request, context) => {
  const digest = typeof error === "object" && error !== null && "digest" in error ? String(error.digest) : "";
  const path = pathShape(request.path.split("?")[0] ?? "");
  log("error", "request.failed", {
    digest,
    method: request.method,
    path,
    from: context.routeType,
    ...errorFields(error),
  });
};
