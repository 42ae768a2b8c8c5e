"use client";

import { limits } from "@/lib/templates/rules/limits";
import { fieldsOf } from "@/lib/templates/rules/shape";
import { ButtonList } from "./editor-buttons";
import { useEditor } from "./editor-context";
import { TextPlace, TickPlace } from "./editor-field";
import { ItemPlaces } from "./editor-items";
import { MediaPlace } from "./editor-media";
import { ListRows, TailPlace } from "./editor-rows";
import { VariableTable } from "./editor-variables";

/** The fields that the message's type has, in the order of its bubble. */
export function EditorPlaces({ open, onOpen }: { open: number; onOpen: (at: number) => void }) {
  const { content, words } = useEditor();
  const { field } = words.editor;
  const { type } = content;
  const fields = new Set(fieldsOf(type));
  const kind = limits[type].media?.kind;
  return (
    <>
      {kind ? (
        <MediaPlace
          path="media"
          label={field.media}
          value={content.media}
          kinds={kind === "file" ? ["file", "image", "video", "audio"] : [kind]}
        />
      ) : null}
      {fields.has("picture") ? (
        <MediaPlace path="picture" label={field.picture} value={content.picture} kinds={["image"]} />
      ) : null}
      {fields.has("pictureLink") ? (
        <TextPlace path="pictureLink" label={field.pictureLink} value={content.pictureLink} mono />
      ) : null}
      {fields.has("title") ? <TextPlace path="title" label={field.title} value={content.title} /> : null}
      {fields.has("list") ? <ListRows /> : null}
      {fields.has("text") ? <TextPlace path="text" label={field.text} value={content.text} rows={5} /> : null}
      {fields.has("extraText") ? (
        <TextPlace path="extraText" label={field.extraText} value={content.extraText} rows={2} />
      ) : null}
      {fields.has("items") ? <ItemPlaces open={open} onOpen={onOpen} /> : null}
      {fields.has("tail") ? <TailPlace /> : null}
      {limits[type].buttons?.withCoupon === undefined ? null : (
        <TickPlace path="coupon" label={field.coupon} value={content.coupon} />
      )}
      {fields.has("buttons") ? <ButtonList path="buttons" buttons={content.buttons} /> : null}
      <VariableTable />
    </>
  );
}
