// The contract that client and stand-in share: every operation in both dialects over real HTTP, what is refused and why, and what a call that is made
// again may do. A dealer's own service would be held to the same by its address alone.
import { describe, expect, it } from "vitest";
import { happytalkNames, infobankNames, readDealerEvent } from "@/lib/dealers/rules/read-dealer-event";
import { readJson } from "@/lib/dealers/rules/read-json";
import { standInDialects } from "@/lib/dealers/stand-in/stand-in";
import { exampleContent, exampleContents } from "@/lib/templates/rules/examples";
import { limits } from "@/lib/templates/rules/limits";
import { mediaOf } from "@/lib/templates/rules/search-text";
import type { TemplateContent } from "@/lib/templates/schema/content";
import { senderKey, servers, stage } from "./dealer-testing";

const given = (userKey: string, serial: string, urls: ReadonlyMap<string, string> = new Map()) => ({
  ...{ userKey, serial, fill: (text: string) => text },
  urlOf: (id: string) => urls.get(id) ?? "https://elsewhere.example/a.png",
  fileOf: () => ({ name: "a.pdf", bytes: 10 }),
});
const file = (name: string) => ({
  ...{ name, mime: "image/png", bytes: 3 },
  source: (async function* () {
    yield new Uint8Array([1, 2, 3]);
  })(),
});
const plain = exampleContent("PLAIN_TEXT");
/** The same message with a file in each place that asks for one. */
function shown(content: TemplateContent): TemplateContent {
  const { media, picture, items } = limits[content.type];
  const one = (mediaId: string) => ({ mediaId, alt: "의자" });
  return {
    ...content,
    ...(media ? { media: one("file") } : {}),
    ...(picture?.required ? { picture: one("picture") } : {}),
    ...(items?.picture ? { items: content.items.map((item, at) => ({ ...item, picture: one(`item ${at}`) })) } : {}),
  };
}
const reasonOf = async (result: Promise<{ ok: boolean; reason?: string; outcome?: string }>) => {
  const { ok, reason, outcome } = await result;
  return ok ? "ok" : `${reason} ${outcome}`;
};

describe.each(["happytalk", "infobank"] as const)("a dealer that speaks %s", (format) => {
  // Infobank has no documented code for what Kakao refuses: it says so in a text (client/reasons.ts).
  const kakao = (reason: string) => (format === "happytalk" ? `${reason} refused` : "failed refused");

  it("takes all eleven types into an open session, with files that were uploaded first", async () => {
    const { client, standIn } = await stage(format);
    standIn.desk.press("user_1", "web_home");
    for (const [at, content] of exampleContents.map(shown).entries()) {
      const urls = new Map<string, string>();
      for (const id of mediaOf(content)) {
        const kept =
          at % 2 ? await client.uploadFile(file("a.pdf")) : await client.uploadImage(file('의자 "1".png'), true);
        if (!kept.ok) throw new Error(kept.code);
        urls.set(id, kept.value);
      }
      expect([content.type, await reasonOf(client.send(content, given("user_1", `s-${at}`, urls)))]).toEqual([
        content.type,
        "ok",
      ]);
    }
    expect(standIn.desk.sent).toHaveLength(exampleContents.length);
  });

  it("refuses to speak first, after the end, to whom was blocked, and knows nobody by a broken key", async () => {
    const { client, standIn } = await stage(format);
    expect(await reasonOf(client.send(plain, given("user_1", "1")))).toBe(kakao("noSession"));
    standIn.desk.press("user_1", null);
    expect(await reasonOf(client.send(plain, given("user_1", "2")))).toBe("ok");
    expect(await reasonOf(client.end("user_1", "3"))).toBe("ok");
    expect(await reasonOf(client.send(plain, given("user_1", "4")))).toBe(kakao("noSession"));
    standIn.desk.say("user_1", { text: "다시 왔습니다" });
    expect(await reasonOf(client.block("user_1"))).toBe("ok");
    expect(await reasonOf(client.send(plain, given("user_1", "5")))).toBe(kakao("blocked"));
    expect(standIn.desk.say("user_1", { text: "들리십니까" })).toBe(false);
    expect(await reasonOf(client.unblock("user_1"))).toBe("ok");
    expect(standIn.desk.say("user_1", { text: "이제 들리십니까" })).toBe(true);
    expect(await reasonOf(client.endWithBot("user_1", "6", "home"))).toBe("ok");
    expect(await reasonOf(client.send(plain, given("user_1", "7")))).toBe(kakao("noSession"));
    expect(await reasonOf(client.send(plain, given("사람", "8")))).toBe("userKey refused");
    standIn.desk.press("user_2", null);
    standIn.desk.pass(31 * 86_400_000);
    expect(await reasonOf(client.send(plain, given("user_2", "9")))).toBe(kakao("noSession"));
  });

  it("refuses what is too long, has no text, or shows a file of elsewhere", async () => {
    const { client, standIn } = await stage(format);
    standIn.desk.press("user_1", null);
    const send = (content: TemplateContent, serial: string) => reasonOf(client.send(content, given("user_1", serial)));
    expect(await send({ ...plain, text: "가".repeat(1_000) }, "1")).toBe("ok");
    expect(await send({ ...plain, text: "가".repeat(1_001) }, "2")).toBe(kakao("tooLong"));
    expect(await send({ ...plain, text: "" }, "3")).toBe(kakao("invalid"));
    expect(await send(shown(exampleContent("WIDE_IMAGE")), "4")).toBe(kakao("image"));
    expect(await send({ ...shown(exampleContent("WIDE_IMAGE")), text: "가".repeat(77) }, "5")).toBe(kakao("tooLong"));
    expect(standIn.desk.sent).toHaveLength(1);
  });

  it("refuses other keys: whose the profile is not, and who is not let in", async () => {
    const foreign = await stage(format, { senderKey: "f".repeat(40) });
    foreign.standIn.desk.press("user_1", null);
    expect(await reasonOf(foreign.client.send(plain, given("user_1", "1")))).toBe("profile refused");
    const stranger = await stage(format, { key: "other" });
    stranger.standIn.desk.press("user_1", null);
    expect(await reasonOf(stranger.client.send(plain, given("user_1", "1")))).toBe("credentials refused");
  });

  it("is asked again when it asks to wait, never when it says no", async () => {
    const { client, standIn, waited } = await stage(format);
    standIn.desk.press("user_1", null);
    standIn.setMood({ limited: 2 });
    expect(await reasonOf(client.send(plain, given("user_1", "1")))).toBe("ok");
    expect(waited).toEqual([1_000, 1_000]);
    standIn.setMood({ failing: 1 });
    expect(await reasonOf(client.send(plain, given("user_1", "2")))).toBe("failed refused");
    standIn.setMood({ limited: 9 });
    expect(await reasonOf(client.send(plain, given("user_1", "3")))).toBe("rateLimited refused");
    expect(standIn.desk.sent).toHaveLength(1);
  });

  it("gets a message once, though its answer was lost", async () => {
    const { client, standIn } = await stage(format);
    standIn.desk.press("user_1", null);
    standIn.setMood({ silent: 1 });
    // HappyTalk refuses the second of a serial, so asking again is safe; of Infobank nobody can say, so it is not asked.
    expect(await reasonOf(client.send(plain, given("user_1", "1")))).toBe(
      format === "happytalk" ? "ok" : "unanswered unknown",
    );
    expect(standIn.desk.sent).toHaveLength(1);
  });

  it("is known not to have heard when nobody is there", async () => {
    const { client } = await stage(format);
    const [server] = servers.splice(0);
    server?.closeAllConnections();
    await new Promise((done) => server?.close(done));
    expect(await reasonOf(client.end("user_1", "1"))).toBe("unreachable unsent");
  });

  it("keeps hours and system messages where it has calls for them", async () => {
    const { client, standIn } = await stage(format);
    const hours = [{ day: "mon", startAt: "0900", endAt: "1800" } as const];
    if (format === "happytalk") {
      for (const result of [client.hours(), client.profile(), client.systemMessages(), client.session("user_1")])
        expect(await reasonOf(result)).toBe("unsupported unsent");
      return;
    }
    expect(await client.writeHours(hours, false)).toEqual({ ok: true, value: null });
    expect(await client.hours()).toEqual({ ok: true, value: hours });
    const profile = await client.profile();
    expect(profile).toMatchObject({
      ok: true,
      value: { name: "한결생활", searchId: "@hangyeol", active: true, consultTalk: true },
    });
    expect(await reasonOf(client.saveSystemMessage({ kind: "ST", text: "상담 내용은 1년간 보관합니다." }))).toBe("ok");
    expect(await reasonOf(client.submitSystemMessage("ST"))).toBe("ok");
    expect(await reasonOf(client.submitSystemMessage("S1"))).toBe("failed refused");
    standIn.desk.decide(senderKey, "ST", "rejected", "보관 기간을 적어 주십시오");
    expect(await client.systemMessages()).toEqual({
      ...{
        ok: true,
        value: [
          {
            kind: "ST",
            text: "상담 내용은 1년간 보관합니다.",
            state: "rejected",
            comment: "보관 기간을 적어 주십시오",
          },
        ],
      },
    });
    standIn.desk.press("user_1", null);
    const session = await client.session("user_1");
    expect(session.ok && session.value.expiresAt?.getTime()).toBeGreaterThan(Date.now() + 29 * 86_400_000);
    expect(await reasonOf(client.session("user_9"))).toBe("failed refused");
  });

  it("tells by webhook what our hooks understand, with nothing unknown", async () => {
    const { standIn } = await stage(format, { hookBase: "http://127.0.0.1:9" });
    const told: { path: string; body: string }[] = [];
    standIn.deliveries.add = (event) => {
      const made = standInDialects[format].hook(event, senderKey, `key-${told.length}`);
      if (made) told.push(made);
    };
    standIn.desk.press("user_1", "web_home");
    standIn.desk.say("user_1", { text: '안녕하세요 "한결" SERIAL-NUMBER' });
    standIn.desk.say("user_1", { type: "photo", url: "https://dn-m.talk.kakao.com/talkm/a.jpg" });
    standIn.desk.say("user_1", { text: "예약", extra: "btn_1" });
    standIn.desk.leave("user_1");
    standIn.desk.press("user_1", "store_qr");
    standIn.desk.say("user_1", { text: "!종료" });
    const seen = told.map(({ path, body }) => {
      const value = readJson(body);
      if (!value.ok) throw new Error(body);
      const kind = path.split("/").at(-1) as "reference";
      const names = format === "happytalk" ? happytalkNames : infobankNames;
      const reading = readDealerEvent(names, kind, value.value, new Date());
      if (!reading.ok) throw new Error(`${path}: ${reading.reason}`);
      return [reading.event.kind, reading.event.row, reading.event.extra, reading.unknown.length];
    });
    expect(seen).toEqual([
      ["opened", "opened", "web_home", 0],
      ["message", "text", null, 0],
      ["message", "photo", null, 0],
      ["message", "button", null, 0],
      ["ended", "ended", null, 0],
      ["opened", "opened", "store_qr", 0],
      ["ended", "ended", null, 0],
    ]);
  });
});
