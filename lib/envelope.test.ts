import { describe, expect, it } from "vitest";
import { decrypt, encrypt, newKey } from "./envelope";

describe("envelope", () => {
  const key = newKey();

  it("opens what it sealed, in its own place only", () => {
    const sealed = encrypt(key, "session-1", "배송 문의드려요");
    expect(sealed.includes(Buffer.from("배송"))).toBe(false);
    expect(decrypt(key, "session-1", sealed).toString("utf8")).toBe("배송 문의드려요");
    expect(() => decrypt(key, "session-2", sealed)).toThrow();
    expect(() => decrypt(newKey(), "session-1", sealed)).toThrow();
  });

  it("notices one changed byte and a cut end", () => {
    const sealed = encrypt(key, "here", Buffer.from([1, 2, 3]));
    const changed = Buffer.from(sealed);
    changed[14] = (changed[14] ?? 0) ^ 1;
    expect(() => decrypt(key, "here", changed)).toThrow();
    expect(() => decrypt(key, "here", sealed.subarray(0, 20))).toThrow("too short");
  });

  it("never seals the same text alike", () => {
    expect(encrypt(key, "here", "a").equals(encrypt(key, "here", "a"))).toBe(false);
  });
});
