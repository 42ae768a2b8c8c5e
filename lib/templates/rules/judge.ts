// The one judgement of a message: editor, server, import, API and tests ask here. It takes plain data and reports everything that is wrong.
import type { TemplateContent } from "../schema/content";
import { judgeAddress, judgeButtons, judgeLink } from "./judge-addresses";
import { judgeMedia, judgePicture } from "./judge-media";
import { Findings, ours } from "./judge-report";
import { judgeVariables } from "./judge-variables";
import { type CountLimit, limits, type TypeLimits } from "./limits";
import type { JudgeWith, TemplateReport } from "./report";
import { strayFields } from "./shape";

type Given = JudgeWith & { coupon: boolean };

/**
 * Judges a message by the guide (1-2) and by what dealers document (field-facts 1.4, 1.5). Never throws: each fault is a finding with the
 * path of its field; every text is counted by its samples and at its longest.
 */
export function judge(content: TemplateContent, given: JudgeWith): TemplateReport {
  const found = new Findings(content.variables);
  const limit = limits[content.type];
  const all: Given = { ...given, coupon: content.coupon };
  if (limit.media) judgeMedia("media", content.media, limit.media, found, given);
  if (limit.picture) {
    judgePicture("picture", content.picture, limit.picture, found, given);
    if (limit.picture.link) judgeAddress("pictureLink", content.pictureLink, found);
  }
  if (limit.title) found.text("title", content.title, limit.title);
  judgeRows(content, limit, found, given);
  if (limit.text) found.text("text", content.text, limit.text);
  if (limit.extraText) found.text("extraText", content.extraText, limit.extraText);
  judgeItems(content, limit, found, all);
  if (limit.items?.tail && content.tail) judgeLink("tail", content.tail, true, found);
  if (limit.buttons) judgeButtons("buttons", content.buttons, limit.buttons, limit.buttons, found, all);
  judgeVariables(content, found);
  for (const field of strayFields(content)) found.error(field, "notUsed", ours);
  if (content.coupon && limit.buttons?.withCoupon === undefined) found.error("coupon", "notUsed", ours);
  return { findings: found.findings, counts: found.counts };
}

/** Whether a message may be submitted: nothing is wrong with it; warnings do not keep it. */
export const isSendable = ({ findings }: TemplateReport): boolean =>
  findings.every(({ severity }) => severity !== "error");

function judgeCount(path: string, count: number, limit: CountLimit, found: Findings): void {
  if (limit.min !== undefined && count < limit.min)
    found.error(path, "few", limit.minSource ?? limit, { count, limit: limit.min });
  if (count > limit.max) found.error(path, "many", limit, { count, limit: limit.max });
}

/** What an item list has besides its texts. */
function judgeRows(content: TemplateContent, limit: TypeLimits, found: Findings, given: JudgeWith): void {
  const { highlight, summary } = content;
  if (limit.highlight && highlight) {
    const beside = highlight.picture ? 1 : 0;
    const { source, section, title, description } = limit.highlight;
    found.text("highlight.title", highlight.title, { source, section, max: title[beside] });
    found.text("highlight.description", highlight.description, {
      ...{ source, section, max: description[beside], required: true },
    });
    judgePicture("highlight.picture", highlight.picture, { source, section, required: false }, found, given);
  }
  if (limit.list) {
    judgeCount("list", content.list.length, limit.list, found);
    for (const [at, { title, description }] of content.list.entries()) {
      found.text(`list.${at}.title`, title, limit.list.title);
      found.text(`list.${at}.description`, description, limit.list.description);
    }
  }
  if (limit.summary && summary) {
    found.text("summary.title", summary.title, limit.summary.title);
    found.text("summary.description", summary.description, limit.summary.description);
  }
}

function judgeItems({ items }: TemplateContent, { items: limit }: TypeLimits, found: Findings, given: Given): void {
  if (!limit) return;
  judgeCount("items", items.length, limit, found);
  for (const [at, item] of items.entries()) {
    const path = `items.${at}`;
    const { first, ...title } = limit.title;
    judgePicture(`${path}.picture`, item.picture, limit.picture, found, given);
    found.text(`${path}.title`, item.title, { ...title, max: at === 0 && first !== undefined ? first : title.max });
    if (limit.text) found.text(`${path}.text`, item.text, limit.text);
    else if (item.text.trim() !== "") found.error(`${path}.text`, "notUsed", ours);
    if (limit.words && item.title.trim() === "" && item.text.trim() === "")
      found.error(`${path}.title`, "card.words", ours);
    if (limit.link) judgeLink(`${path}.link`, item.link, true, found);
    else if (Object.values(item.link).some((address) => address.trim() !== ""))
      found.error(`${path}.link`, "notUsed", ours);
    if (limit.buttons)
      judgeButtons(
        `${path}.buttons`,
        item.buttons,
        { layout: "horizontal", max: limit.buttons.max },
        limit.buttons,
        found,
        given,
      );
    else if (item.buttons.length > 0) found.error(`${path}.buttons`, "notUsed", ours);
  }
}
