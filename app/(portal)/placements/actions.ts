"use server";

import { formAction, leave } from "@/lib/action";
import { createPlacement, editPlacement, retirePlacements } from "@/lib/placements/commands";
import { editPlaces, handOverPlaces } from "@/lib/placements/commands/edit-places";
import { discardPlaceImport, takePlaceImport } from "@/lib/placements/commands/import-places";
import { cancelPrint, openPrint, recordRun } from "@/lib/placements/commands/open-print";
import { requestFilteredPresence, requestPresence } from "@/lib/placements/commands/request-presence";
import { saveQr } from "@/lib/placements/commands/save-qr";
import { decodeCodes } from "@/lib/placements/queries/decode-codes";
import { createPlacementSchema, editPlacementSchema, retirePlacementsSchema } from "@/lib/placements/schema";
import {
  decodeCodesSchema,
  editPlacesSchema,
  handOverPlacesSchema,
  placeImportSchema,
} from "@/lib/placements/schema/code-book";
import { requestFilteredPresenceSchema, requestPresenceSchema } from "@/lib/placements/schema/presence";
import { cancelPrintSchema, openPrintSchema, recordRunSchema } from "@/lib/placements/schema/prints";
import { saveQrSchema } from "@/lib/placements/schema/qr";

export const createPlacementAction = formAction(createPlacementSchema, async (actor, input) => {
  const { id } = await createPlacement(actor, input);
  return leave(`/placements/${id}`, "placements.done.created");
});

export const editPlacementAction = formAction(editPlacementSchema, async (actor, input) => {
  await editPlacement(actor, input);
  return leave(`/placements/${input.placementId}`, "placements.done.edited");
});

/** One from its own page, or several from the list. */
export const retirePlacementsAction = formAction(retirePlacementsSchema, async (actor, input) => {
  await retirePlacements(actor, input);
  const [only, ...others] = input.placementId;
  return leave(only && others.length === 0 ? `/placements/${only}` : "/placements", "placements.done.retired");
});

export const takePlaceImportAction = formAction(placeImportSchema, async (actor, input) => {
  await takePlaceImport(actor, input);
  return leave("/placements", "placements.done.imported");
});

export const discardPlaceImportAction = formAction(placeImportSchema, async (actor, input) => {
  await discardPlaceImport(actor, input);
  return leave("/placements/import", "placements.done.discarded");
});

export const editPlacesAction = formAction(editPlacesSchema, async (actor, input) => {
  await editPlaces(actor, input);
  return leave("/placements", "placements.done.bulk");
});

export const handOverPlacesAction = formAction(handOverPlacesSchema, async (actor, input) => {
  await handOverPlaces(actor, input);
  return leave(`/placements?owner=${input.toId}`, "placements.done.handedOver");
});

/** Asks and changes nothing: what was found stands below the field. */
export const decodeCodesAction = formAction(decodeCodesSchema, async (actor, input, formData) => ({
  found: await decodeCodes(actor, input.codes),
  values: { codes: String(formData.get("codes") ?? "") },
}));

export const saveQrAction = formAction(saveQrSchema, async (actor, input) => {
  await saveQr(actor, input);
  return leave(`/placements/${input.placementId}/qr`, "placements.done.qrSaved");
});

export const openPrintAction = formAction(openPrintSchema, async (actor, input) => {
  const id = await openPrint(actor, input);
  return leave(`/placements/prints/${id}`, "placements.done.printOrdered");
});

export const cancelPrintAction = formAction(cancelPrintSchema, async (actor, input) => {
  await cancelPrint(actor, input);
  return leave(`/placements/prints/${input.batchId}`, "placements.done.printCanceled");
});

export const recordRunAction = formAction(recordRunSchema, async (actor, input) => {
  await recordRun(actor, input);
  return leave(`/placements/prints/${input.batchId}`, "placements.done.runRecorded");
});

/** One page, from its place. */
export const requestPresenceAction = formAction(requestPresenceSchema, async (actor, input) => {
  await requestPresence(actor, input);
  return leave(`/placements/${input.placementId[0]}/presence`, "placements.done.presenceAsked");
});

/** All that the list is narrowed to. */
export const requestFilteredPresenceAction = formAction(requestFilteredPresenceSchema, async (actor, input) => {
  await requestFilteredPresence(actor, input);
  const narrowed = new URLSearchParams(Object.entries(input).filter(([, value]) => value !== ""));
  return leave(`/placements/presence?${narrowed}`, "placements.done.presenceAsked");
});
