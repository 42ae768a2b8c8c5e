import { z } from "zod";

/** Where a button hangs: web page, mobile web page, app screen, or print and other places without a screen. */
export const media = ["web", "mobile_web", "app", "offline"] as const;
export type Medium = (typeof media)[number];

/** redirect: through /b/ or /q/, can be switched off. direct: the consult URL itself is published. */
export const modes = ["redirect", "direct"] as const;
export type Mode = (typeof modes)[number];

/** What Kakao knows of a chatbot at the start (field-facts 2.1): consult, chatbot, or chatbot unless a session is open. */
export const bots = ["false", "true", "auto"] as const;

export const placementStates = ["live", "ending", "preparing", "ended", "retired"] as const;
export type PlacementState = (typeof placementStates)[number];

/** One line of text: trimmed, without control characters, NFC. */
const line = (longest: number) =>
  z
    .string()
    .transform((text) => text.normalize("NFC").trim())
    .refine((text) => isPlainLine(text), { error: "form.characters" })
    .pipe(z.string().max(longest, { error: "form.tooLong" }));

const optionalChoice = <T extends readonly [string, ...string[]]>(values: T) =>
  z
    .union([z.literal("").transform(() => null), z.enum(values)])
    .nullable()
    .default(null);

export const placementCodeSchema = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9_]{1,50}$/, { error: "placements.codeShape" });

const named = {
  name: line(60).pipe(z.string().min(1, { error: "form.required" })),
  medium: z.enum(media, { error: "form.required" }),
  location: line(300).default(""),
  mode: z.enum(modes).default("redirect"),
  bot: optionalChoice(bots),
  /** Block event of the chatbot, at most 100 characters (field-facts 2.1). */
  event: line(100)
    .default("")
    .transform((text) => text || null),
};

export const createPlacementSchema = z.object({
  channelId: z.uuid({ error: "form.required" }),
  ...named,
  /** Empty: one is made. */
  code: z.union([z.literal(""), placementCodeSchema]).default(""),
  /** Empty: whoever creates it. */
  ownerId: z
    .union([z.literal("").transform(() => null), z.uuid()])
    .nullable()
    .default(null),
});
export type CreatePlacement = z.infer<typeof createPlacementSchema>;

export const editPlacementSchema = z.object({
  placementId: z.uuid(),
  version: z.coerce.number().int().min(1).max(2_147_483_647),
  ...named,
  ownerId: z.uuid({ error: "form.required" }),
});
export type EditPlacement = z.infer<typeof editPlacementSchema>;

export const retirePlacementSchema = z.object({
  placementId: z.uuid(),
  reason: line(300).pipe(z.string().min(1, { error: "form.required" })),
});
export type RetirePlacement = z.infer<typeof retirePlacementSchema>;

export const retirePlacementsSchema = z.object({
  placementId: z.preprocess(
    (value) => (Array.isArray(value) ? value : value === undefined || value === "" ? [] : [value]),
    z.array(z.uuid()).min(1, { error: "placements.nothingSelected" }).max(200),
  ),
  reason: line(300).pipe(z.string().min(1, { error: "form.required" })),
});
export type RetirePlacements = z.infer<typeof retirePlacementsSchema>;

/** Filters of the list, as they stand in the address; what makes no sense is left out. */
export const placementFiltersSchema = z.object({
  q: line(60).catch("").default(""),
  channel: z
    .union([z.literal(""), z.uuid()])
    .catch("")
    .default(""),
  state: z
    .union([z.literal(""), z.enum(placementStates)])
    .catch("")
    .default(""),
  medium: z
    .union([z.literal(""), z.enum(media)])
    .catch("")
    .default(""),
  owner: z
    .union([z.literal(""), z.uuid()])
    .catch("")
    .default(""),
  after: z.string().max(100).catch("").default(""),
});
export type PlacementFilters = z.infer<typeof placementFiltersSchema>;

function isPlainLine(text: string): boolean {
  return text.isWellFormed() && !/\p{Cc}/u.test(text);
}
