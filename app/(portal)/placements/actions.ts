"use server";

import { formAction, leave } from "@/lib/action";
import { createPlacement, editPlacement, retirePlacements } from "@/lib/placements/commands";
import { createPlacementSchema, editPlacementSchema, retirePlacementsSchema } from "@/lib/placements/schema";

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
