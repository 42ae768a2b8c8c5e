"use client";

import { Icon } from "@/components/ui/icon";
import { limits } from "@/lib/templates/rules/limits";
import type { TemplateItem, TemplatePicture } from "@/lib/templates/schema/content";
import { byPlace, mediaAddress } from "./bubble-parts";
import { ButtonList, LinkPlace } from "./editor-buttons";
import { isMissing, useEditor } from "./editor-context";
import { ActButton, PlaceActs, TextPlace, useNotes } from "./editor-field";
import { MediaPlace } from "./editor-media";
import { fieldId, say } from "./editor-say";

/**
 * Cards or items: a strip of them on top and the open one below. Without script all are open, one under another.
 * @param open the one that is being written, by its place
 */
export function ItemPlaces({ open, onOpen }: { open: number; onOpen: (at: number) => void }) {
  const { content, words, findings, asked } = useEditor();
  const { editor } = words;
  const { notes } = useNotes("items");
  const cards = content.type === "CAROUSEL_FEED";
  const { items } = content;
  const shown = Math.min(open, Math.max(0, items.length - 1));
  const wrong = (at: number) =>
    [...findings].some(
      ([path, all]) =>
        path.startsWith(`items.${at}.`) &&
        all.some((finding) => finding.severity === "error" && (asked || !isMissing(finding))),
    );
  return (
    <section id={fieldId("items")} tabIndex={-1} className="section" aria-labelledby="editor-items">
      <header>
        <h2 id="editor-items">{cards ? editor.cards : editor.items}</h2>
        <span className="count">
          {items.length} / {limits[content.type].items?.max}
        </span>
      </header>
      <input type="hidden" name="items.length" value={items.length} />
      <ol className="editor-strip">
        {byPlace(items).map(({ key, at, one }) => (
          <li key={key}>
            <a
              href={`#f-items-${at}`}
              className="strip-card"
              aria-current={at === shown ? "true" : undefined}
              onClick={(event) => {
                event.preventDefault();
                onOpen(at);
              }}
            >
              <StripPicture picture={one.picture} wide={cards} />
              <span className="flex min-w-0 items-center gap-1">
                <span>{at + 1}</span>
                <span className="truncate">{one.title || say(cards ? editor.card : editor.item, { at: at + 1 })}</span>
                {wrong(at) ? <Icon name="circle-exclamation-point" className="shrink-0 text-bad" /> : null}
              </span>
            </a>
          </li>
        ))}
        <li>
          <ActButton act="add.items" icon="plus">
            {cards ? editor.add.items : editor.addItem}
          </ActButton>
        </li>
      </ol>
      {notes}
      {byPlace(items).map(({ key, at, one }) => (
        <ItemPlace key={key} at={at} of={items.length} item={one} current={at === shown} />
      ))}
    </section>
  );
}

/** The picture of one card, small; its name stands below it. */
function StripPicture({ picture, wide }: { picture: TemplatePicture | null; wide: boolean }) {
  const { library } = useEditor();
  const shown = library.some(({ id, facts }) => id === picture?.mediaId && facts.kind === "image");
  const [width, height] = wide ? [76, 42] : [42, 42];
  if (!picture || !shown)
    return (
      <span className="strip-picture" style={{ width, height }}>
        <Icon name="image" className="text-fg-3" />
      </span>
    );
  return (
    <svg className="strip-picture" width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <image href={mediaAddress(picture.mediaId)} {...{ width, height }} preserveAspectRatio="xMidYMid slice" />
    </svg>
  );
}

function ItemPlace({ at, of, item, current }: { at: number; of: number; item: TemplateItem; current: boolean }) {
  const { content, words } = useEditor();
  const { editor } = words;
  const path = `items.${at}`;
  const limit = limits[content.type].items;
  const what = say(content.type === "CAROUSEL_FEED" ? editor.card : editor.item, { at: at + 1 });
  const { notes } = useNotes(path);
  return (
    <fieldset id={fieldId(path)} tabIndex={-1} className={current ? "editor-item current" : "editor-item"}>
      <legend className="sr-only">{what}</legend>
      <div className="mb-2 flex items-center justify-between">
        <h3>{what}</h3>
        <PlaceActs list="items" at={at} of={of} what={what} />
      </div>
      {notes}
      <MediaPlace path={`${path}.picture`} label={editor.field.picture} value={item.picture} kinds={["image"]} />
      <TextPlace path={`${path}.title`} label={editor.field.title} value={item.title} />
      {limit?.text ? <TextPlace path={`${path}.text`} label={editor.field.text} value={item.text} rows={4} /> : null}
      {limit?.link ? <LinkPlace path={`${path}.link`} link={item.link} /> : null}
      {limit?.buttons ? <ButtonList path={`${path}.buttons`} buttons={item.buttons} /> : null}
    </fieldset>
  );
}
