import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PlacementHistory } from "@/components/placements/placement-history";
import { listPlacementEvents } from "@/lib/placements/queries";
import { loadPlacement, PlacementHead } from "../placement-head";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("placements"))("tab.history") };
}

export default async function PlacementHistoryPage({ params }: { params: Promise<{ id: string }> }) {
  const { actor, placement, now } = await loadPlacement((await params).id);
  const events = await listPlacementEvents(actor, placement.id);
  return (
    <>
      <PlacementHead actor={actor} placement={placement} now={now} tab="history" />
      <PlacementHistory events={events} />
    </>
  );
}
