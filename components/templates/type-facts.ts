import type { useTranslations } from "next-intl";
import { limits } from "@/lib/templates/rules/limits";
import type { MessageType } from "@/lib/templates/schema/content";

type Say = ReturnType<typeof useTranslations<"templates.gallery">>;

/** What a type may hold, in short sentences read from the one table of limits. */
export function typeFacts(type: MessageType, t: Say): string[] {
  const { title, text, extraText, picture, media, items, highlight, list, summary, buttons } = limits[type];
  const facts: (string | false | undefined)[] = [
    media && t("facts.bytes", { megabytes: media.maxBytes / 2 ** 20 }),
    media?.mimes?.map((mime) => mime.replace("image/", "").replace("jpeg", "jpg")).join(" · "),
    title && type === "ITEM_LIST" && t("facts.title", { limit: title.max }),
    highlight &&
      t("facts.highlight", {
        ...{ title: highlight.title[0], description: highlight.description[0] },
        ...{ shortTitle: highlight.title[1], shortDescription: highlight.description[1] },
      }),
    list &&
      t("facts.list", { title: list.title.max, description: list.description.max, min: list.min ?? 1, max: list.max }),
    summary && t("facts.summary", { title: summary.title.max, description: summary.description.max }),
    items?.title.first !== undefined &&
      t("facts.items", { first: items.title.first, other: items.title.max, min: items.min ?? 1, max: items.max }),
    items?.text &&
      t("facts.cards", { title: items.title.max, text: items.text.max, min: items.min ?? 1, max: items.max }),
    text && t("facts.text", { limit: text.max }),
    extraText && t("facts.extraText", { limit: extraText.max }),
    picture?.required && t("facts.picture"),
    buttons && t(`facts.${buttons.layout}`, { limit: buttons.max }),
    items?.buttons && t("facts.horizontal", { limit: items.buttons.max }),
  ];
  return facts.filter((fact): fact is string => typeof fact === "string");
}
