"use client";

import { buttonFields, limits } from "@/lib/templates/rules/limits";
import { buttonTypes, type TemplateButton, type TemplateLink } from "@/lib/templates/schema/content";
import { byPlace } from "./bubble-parts";
import { useEditor } from "./editor-context";
import { ActButton, ChoicePlace, PlaceActs, TextPlace, TickPlace, useNotes } from "./editor-field";
import { fieldId, say } from "./editor-say";

/** The buttons of a message or of one card. */
export function ButtonList({ path, buttons }: { path: string; buttons: readonly TemplateButton[] }) {
  const { content, words } = useEditor();
  const { editor } = words;
  const { notes } = useNotes(path);
  const limit = limits[content.type].buttons ?? limits[content.type].items?.buttons;
  const layout = limits[content.type].buttons?.layout ?? "horizontal";
  const most = limit?.max ?? 0;
  const withCoupon = content.coupon ? limits[content.type].buttons?.withCoupon : undefined;
  return (
    <fieldset id={fieldId(path)} tabIndex={-1} className="mb-4">
      <legend className="mb-1 text-sm">
        <b>{editor.buttons}</b>{" "}
        <span className="text-xs text-fg-3">
          {withCoupon === undefined
            ? say(layout === "vertical" ? editor.buttonsVertical : editor.buttonsHorizontal, { limit: most })
            : say(editor.withCoupon, { limit: withCoupon })}{" "}
          · {buttons.length} / {withCoupon ?? most}
        </span>
      </legend>
      <input type="hidden" name={`${path}.length`} value={buttons.length} />
      {byPlace(buttons).map(({ key, at, one }) => (
        <ButtonRow key={key} list={path} at={at} of={buttons.length} button={one} />
      ))}
      {notes}
      {buttons.length < 20 ? (
        <ActButton act={`add.${path}`} icon="plus">
          {editor.add.buttons}
        </ActButton>
      ) : null}
    </fieldset>
  );
}

function ButtonRow({ list, at, of, button }: { list: string; at: number; of: number; button: TemplateButton }) {
  const { editor } = useEditor().words;
  const path = `${list}.${at}`;
  const what = say(editor.button, { at: at + 1 });
  const { notes } = useNotes(path);
  return (
    <fieldset id={fieldId(path)} tabIndex={-1} className="editor-part">
      <legend className="sr-only">{what}</legend>
      <div className="editor-row">
        <div className="w-40 max-desk:w-full">
          <TextPlace path={`${path}.name`} label={editor.field.name} value={button.name} />
        </div>
        <div className="w-36 max-desk:w-full">
          <ChoicePlace
            path={`${path}.type`}
            label={editor.field.type}
            value={button.type}
            options={buttonTypes.map((type) => [type, editor.buttonType[type]] as const)}
          />
        </div>
        <div className="min-w-0 flex-1 max-desk:basis-full">
          <div className="button-places">
            {buttonFields[button.type].map((field) => (
              <TextPlace key={field} path={`${path}.${field}`} label={editor.field[field]} value={button[field]} mono />
            ))}
          </div>
          {button.type === "WL" ? (
            <TickPlace path={`${path}.outside`} label={editor.field.outside} value={button.outside} />
          ) : null}
        </div>
        <PlaceActs list={list} at={at} of={of} what={what} />
      </div>
      {notes}
    </fieldset>
  );
}

/** Where a card, an item or the way to more leads. */
export function LinkPlace({ path, link }: { path: string; link: TemplateLink }) {
  const { editor } = useEditor().words;
  const { notes } = useNotes(path);
  return (
    <fieldset id={fieldId(path)} tabIndex={-1}>
      <legend className="sr-only">{editor.field.link}</legend>
      <div className="grid grid-cols-2 gap-x-3 max-desk:grid-cols-1">
        {(["urlMobile", "urlPc"] as const).map((field) => (
          <TextPlace key={field} path={`${path}.${field}`} label={editor.field[field]} value={link[field]} mono />
        ))}
      </div>
      {notes}
    </fieldset>
  );
}
