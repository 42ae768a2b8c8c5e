import { getTranslations } from "next-intl/server";
import type { MessageType } from "@/lib/templates/schema/content";
import type { BubbleWords } from "./bubble-parts";

/** The words of a bubble in the reader's language. @param channel the sender's name as the room shows it */
export async function bubbleWords(channel: string, type: MessageType): Promise<BubbleWords> {
  const t = await getTranslations("templates");
  return {
    room: t("bubble.room", { type: t(`type.${type}`) }),
    channel,
    note: t("bubble.note"),
    noPicture: t("bubble.noPicture"),
    noMedia: t("bubble.noMedia"),
    noWords: t("bubble.noWords"),
    buttons: t("bubble.buttons"),
    cards: t("bubble.cards"),
    card: t("bubble.card"),
    more: t("bubble.more"),
    coupon: t("bubble.coupon"),
    video: t("bubble.video"),
    audio: t("bubble.audio"),
  };
}
