import type { useTranslations } from "next-intl";

type Words = ReturnType<typeof useTranslations<"templates.template.at">>;

/** Lists whose places are counted; what stands behind the number is a field of that place. */
const counted = new Set(["items", "list", "buttons"]);

/** A path of a content in words, from the outside in: `items.1.buttons.0.name` is 2번째 항목 · 1번째 버튼 · 이름. */
export function fieldName(path: string, t: Words): string {
  const names: string[] = [];
  const parts = path.split(".");
  for (const [at, part] of parts.entries()) {
    const number = Number(parts[at + 1]) + 1;
    if (/^\d+$/.test(part)) continue;
    if (part === "variables" && number > 0) names.push(t("variable", { number }));
    else if (counted.has(part) && number > 0) names.push(t(part as "items", { number }));
    else if (part === "buttons") names.push(t("button"));
    else if (part === "items") names.push(t("item"));
    else if (part === "list") names.push(t("row"));
    else names.push(t.has(part as "title") ? t(part as "title") : part);
  }
  return names.join(" · ");
}
