"use server";

// What the user of a rehearsal does, and what time does.
import { refresh } from "next/cache";
import { type FormState, formAction } from "@/lib/action";
import { openRehearsalDealer } from "@/lib/dealers/commands/rehearsal-dealer";
import { NotFound, Refused } from "@/lib/errors";
import { keptValues } from "@/lib/form-data";
import { moveTime } from "@/lib/rehearsal/commands/note-events";
import { getPlay } from "@/lib/rehearsal/queries/get-play";
import { getRehearsal } from "@/lib/rehearsal/queries/get-rehearsal";
import { leapMs } from "@/lib/rehearsal/rules/time";
import { actSchema, enterSchema, leapSchema, saySchema, showSchema } from "@/lib/rehearsal/schema/rehearsal";
import { robotSpeaks } from "./robot";
import { Stage } from "./stage";

/** Done, and shown: what was typed is gone, since it was sent. */
async function shown(stage: Stage): Promise<FormState> {
  await stage.close();
  refresh();
  return {};
}

/** A way in was chosen. A place's code comes along; a search brings none, and opens nothing before the user writes. */
export const enterAction = formAction(enterSchema, async (actor, { rehearsalId, entry, placementId }, formData) => {
  const stage = await Stage.open(actor, rehearsalId, new Date());
  const view = await getRehearsal(actor, rehearsalId, stage.now);
  const place = view?.places.find(({ id }) => id === placementId) ?? null;
  if (entry !== "search" && !place) throw new Refused("rehearsal.run.refused.place", "placementId");
  // A PC asks for a login, or for a QR to be scanned with the phone, before anything opens (guide 2 STEP 2).
  if (entry === "pc") return { found: [{ code: place?.code ?? "" }], values: keptValues(formData) };
  stage.note("entered", {
    ...{ entry, place: place?.name ?? null, code: place?.code ?? null, state: place?.state ?? null },
    ...(place ? { leads: place.leads } : {}),
  });
  const gone = place !== null && (place.state === "ended" || place.state === "retired");
  if (!gone) {
    const before = stage.walk.session;
    stage.walk = { ...stage.walk, room: true };
    if (place) await stage.ask("press", { extra: place.code });
    await stage.follow();
    if (stage.walk.session !== null && stage.walk.session !== before) await robotSpeaks(stage, null);
  }
  return shown(stage);
});

export const sayAction = formAction(saySchema, async (actor, { rehearsalId, text }) => {
  const stage = await Stage.open(actor, rehearsalId, new Date());
  assertInRoom(stage);
  const { heard } = (await stage.ask("say", { text })) as { heard: boolean };
  await stage.follow();
  if (!heard) stage.note("unheard");
  else if (stage.walk.session !== null) {
    stage.note("said", { session: stage.walk.session });
    await robotSpeaks(stage, text);
  }
  return shown(stage);
});

/** A picture, as Kakao reports one: an address on its server. Nobody fetches it. */
export const showAction = formAction(showSchema, async (actor, { rehearsalId, picture }) => {
  const stage = await Stage.open(actor, rehearsalId, new Date());
  assertInRoom(stage);
  const url = `https://dn-m.talk.kakao.com/talkm/rehearsal/${picture}.png`;
  const { heard } = (await stage.ask("say", { type: "photo", url })) as { heard: boolean };
  await stage.follow();
  if (heard && stage.walk.session !== null) stage.note("showed", { session: stage.walk.session, picture });
  else stage.note("unheard", { picture });
  return shown(stage);
});

export const leaveAction = formAction(actSchema, async (actor, { rehearsalId }) => {
  const stage = await Stage.open(actor, rehearsalId, new Date());
  assertInRoom(stage);
  await stage.ask("leave");
  await stage.follow();
  stage.walk = { ...stage.walk, room: false };
  return shown(stage);
});

/** An Alimtalk arrives on the phone: through another service, so that nothing of it is told to us (guide 3-2). */
export const alimtalkAction = formAction(actSchema, async (actor, { rehearsalId }) => {
  const stage = await Stage.open(actor, rehearsalId, new Date());
  stage.note("alimtalk");
  return shown(stage);
});

/** Time of this rehearsal alone moves on. */
export const leapAction = formAction(leapSchema, async (actor, { rehearsalId, leap }) => {
  const now = new Date();
  const view = await getRehearsal(actor, rehearsalId, now);
  if (!view) throw new NotFound();
  const { scenario } = await getPlay(actor, rehearsalId);
  const ms = leapMs(leap, { sessions: view.sessions, scenario }, view.now);
  if (ms === null) throw new Refused(`rehearsal.run.refused.${leap === "open" ? "open" : "noDue"}`);
  await moveTime(actor, rehearsalId, ms);
  const stage = await Stage.open(actor, rehearsalId, now);
  stage.note("passed", { leap, days: Math.round(ms / 86_400_000) });
  await stage.ask("pass", { days: ms / 86_400_000 });
  await stage.follow();
  return shown(stage);
});

/** The stand-in forgot the rehearsal, since it was started anew: another takes its place, and no room is open in it. */
export const reopenAction = formAction(actSchema, async (actor, { rehearsalId }) => {
  const stage = await Stage.open(actor, rehearsalId, new Date());
  const { id, channelId, format, aheadMs } = stage.play;
  await openRehearsalDealer(actor, { id, channelId, format }, aheadMs);
  if (stage.walk.session !== null) stage.note("ended", { session: stage.walk.session, by: "lost" });
  stage.walk = { room: false, session: null, state: null };
  stage.note("reopened");
  return shown(stage);
});

function assertInRoom(stage: Stage): void {
  if (!stage.walk.room) throw new Refused("rehearsal.run.refused.noRoom");
}
