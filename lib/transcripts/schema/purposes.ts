// What may be said of a purpose of looking (조회 목적).
import { z } from "zod";

const content = {
  name: z.string().trim().min(1).max(40),
  scope: z.string().trim().max(200).default(""),
  /** May personal data be shown unmasked for it? */
  unmask: z.boolean(),
  /** May what is kept by law alone be looked at for it? */
  separated: z.boolean(),
  position: z.number().int().min(0).max(999),
};

export const addPurposeSchema = z.object(content);
export type AddPurpose = z.infer<typeof addPurposeSchema>;

/** The version that was looked at: another one meanwhile is a conflict. */
const seen = { purposeId: z.uuid(), version: z.number().int() };
export const editPurposeSchema = z.object({ ...content, ...seen });
export type EditPurpose = z.infer<typeof editPurposeSchema>;

export const retirePurposeSchema = z.object(seen);
export type RetirePurpose = z.infer<typeof retirePurposeSchema>;
