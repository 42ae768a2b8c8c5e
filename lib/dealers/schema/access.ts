// Leave to call a dealer's API.
import { z } from "zod";

/** Dealers whose API is known (lib/dealers/client). */
export const callableFormats = ["infobank", "happytalk"] as const;
export type CallableFormat = (typeof callableFormats)[number];
export const isCallable = (format: string): format is CallableFormat =>
  callableFormats.some((callable) => callable === format);

/** Scheme, host and port; the dealer's paths come after it. */
const serviceAddress = z
  .string()
  .trim()
  .max(200)
  .transform((text) => text.replace(/\/+$/, ""))
  .refine((text) => text === "" || (URL.canParse(text) && new URL(text).origin === text && /^https?:/.test(text)), {
    error: "dealers.access.refused.address",
  });

/** It goes out in a header: letters, digits and signs of ASCII, no spaces. */
const headerValue = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .regex(/^[\x21-\x7e]*$/, "dealers.access.refused.ascii");

export const openAccessSchema = z.object({
  connectionId: z.uuid(),
  /** Empty: where the dealer documents its service. */
  address: serviceAddress.default(""),
  /** HappyTalk's client id; Infobank has none. */
  clientId: headerValue(200).default(""),
  key: headerValue(500).refine((text) => text !== "", { error: "errors.required" }),
});
export type OpenAccess = z.output<typeof openAccessSchema>;
