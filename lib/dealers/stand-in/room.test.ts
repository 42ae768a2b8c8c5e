import { describe, expect, it } from "vitest";
import { agentSpeaks, emptyRoom, ended, expiryOf, roomAt, userComes } from "./room";

const now = new Date("2026-11-24T09:20:00+09:00");
const later = (days: number) => new Date(now.getTime() + days * 86_400_000);
const pressed = userComes(emptyRoom("u1"), { extra: "web_home", wrote: false, next: "s1" }, now).room;

describe("a room", () => {
  it("lets no agent speak first, nor after the end, nor to whom was blocked", () => {
    expect(agentSpeaks(emptyRoom("u1"), "1", now)).toEqual({ ok: false, refusal: "noSession" });
    expect(agentSpeaks(pressed, "1", now).ok).toBe(true);
    expect(agentSpeaks(ended(pressed, "left", now), "1", now)).toEqual({ ok: false, refusal: "noSession" });
    expect(agentSpeaks(ended(pressed, "blocked", now), "1", now)).toEqual({ ok: false, refusal: "blocked" });
    expect(agentSpeaks(ended(emptyRoom("u1"), "blocked", now), "1", now)).toEqual({ ok: false, refusal: "blocked" });
  });

  it("takes a serial once", () => {
    const first = agentSpeaks(pressed, "1", now);
    expect(first.ok && agentSpeaks(first.room, "1", now)).toEqual({ ok: false, refusal: "duplicate" });
    expect(first.ok && agentSpeaks(first.room, "2", now).ok).toBe(true);
  });

  it("lasts 30 days from the next full hour after the user's last message, and every message begins them anew", () => {
    expect(pressed.open && expiryOf(pressed.open).toISOString()).toBe("2026-12-24T01:00:00.000Z");
    expect(expiryOf({ lastAt: new Date("2026-11-24T00:00:00Z") }).toISOString()).toBe("2026-12-24T01:00:00.000Z");
    const { room, opened } = userComes(pressed, { extra: null, wrote: true, next: "s2" }, later(29));
    expect(opened).toBe(false);
    expect(room.open?.id).toBe("s1");
    expect(agentSpeaks(room, "1", later(58)).ok).toBe(true);
    expect(agentSpeaks(pressed, "1", new Date("2026-12-24T00:59:59.999Z")).ok).toBe(true);
    expect(agentSpeaks(pressed, "1", new Date("2026-12-24T01:00:00Z"))).toEqual({ ok: false, refusal: "noSession" });
    expect(roomAt(pressed, later(40)).ended).toEqual({ id: "s1", by: "silent", at: new Date("2026-12-24T01:00:00Z") });
  });

  it("knows a user again, by the code of the time before", () => {
    const back = userComes(ended(pressed, "agent", now), { extra: "store_qr", wrote: true, next: "s2" }, later(1)).room;
    expect(back.open).toMatchObject({ id: "s2", extra: "store_qr" });
    expect(back.lastExtra).toEqual({ extra: "web_home", at: now });
  });

  it("hears nothing of whom was blocked, until the block is lifted", () => {
    const blocked = ended(pressed, "blocked", now);
    expect(userComes(blocked, { extra: null, wrote: true, next: "s2" }, now)).toMatchObject({
      opened: false,
      heard: false,
    });
    expect(userComes({ ...blocked, blocked: false }, { extra: null, wrote: true, next: "s2" }, now).opened).toBe(true);
  });
});
