import { z } from "zod";

/** How a button gets onto a page: our script, a plain link, HTML with its style sheet, the company's button picture. */
export const kitWays = ["script", "html", "link", "image"] as const;
export type KitWay = (typeof kitWays)[number];

/** What the snippets are made with, as it stands in the address of the kit; what makes no sense is left out. */
export const kitOptionsSchema = z.object({
  size: z.enum(["small", "large"]).catch("small"),
  /** As wide as its words, or as wide as the place it stands in. */
  shape: z.enum(["button", "wide"]).catch("button"),
  label: z.enum(["ko", "en"]).catch("ko"),
});
export type KitOptions = z.infer<typeof kitOptionsSchema>;

/** Kakao's symbol beside the label, a whole button as a picture, or the company's own logo for the middle of QR codes. */
export const symbolKinds = ["symbol", "button", "logo"] as const;
export type SymbolKind = (typeof symbolKinds)[number];

export const symbolKindSchema = z.enum(symbolKinds);
export const uploadSymbolSchema = z.object({ kind: symbolKindSchema });

export const withdrawSymbolSchema = z.object({
  symbolId: z.uuid(),
  reason: z
    .string()
    .transform((text) => text.normalize("NFC").trim())
    .refine((text) => text.isWellFormed() && !/\p{Cc}/u.test(text), { error: "errors.text" })
    .pipe(z.string().min(5).max(300)),
});
export type WithdrawSymbol = z.infer<typeof withdrawSymbolSchema>;

/** One uploaded artwork; the newest of its kind counts unless it was withdrawn. */
export type ConsultSymbolView = {
  id: string;
  kind: SymbolKind;
  number: number;
  /** Hex. */
  sha256: string;
  name: string;
  bytes: number;
  width: number;
  height: number;
  at: Date;
  personName: string | null;
  withdrawn: { at: Date; reason: string; personName: string | null } | null;
};

/** What buttons show now, by kind. */
export type CurrentSymbols = Record<SymbolKind, ConsultSymbolView | null>;
