import { describe, expect, it } from "vitest";
import { attachment, safeFileName } from "./file-name";

describe("safeFileName", () => {
  it.each([
    ["계약서.pdf", "계약서.pdf"],
    ["계약서.pdf".normalize("NFD"), "계약서.pdf"],
    ["../../etc/passwd.pdf", "passwd.pdf"],
    ["..\\..\\계약서.pdf", "계약서.pdf"],
    ["C:\\fakepath\\a.png", "a.png"],
    ["a\0.pdf", "a.pdf"],
    ["a\r\nSet-Cookie: x.pdf", "aSet-Cookie x.pdf"],
    ["a\u202efdp.exe", "afdp.exe"],
    ['"a";b.pdf', "a;b.pdf"],
    ["%22a%22%0D%0A.pdf", "a.pdf"],
    ["  .hidden.pdf. ", "hidden.pdf"],
    ["CON.pdf", "_CON.pdf"],
    ["CON", "_CON"],
    ["\ud800.pdf", "pdf"],
    ["../", "file"],
    ["", "file"],
  ])("%j becomes %j", (raw, name) => {
    expect(safeFileName(raw)).toBe(name);
  });
  it("keeps 200 characters with the ending", () => {
    const name = safeFileName(`${"가".repeat(300)}.pdf`);
    expect(Array.from(name)).toHaveLength(200);
    expect(name.endsWith("가.pdf")).toBe(true);
  });
});

describe("attachment", () => {
  it("says the name plainly and truly, and nothing but the name", () => {
    expect(attachment("계약서 (1).pdf")).toBe(
      "attachment; filename=\"___ (1).pdf\"; filename*=UTF-8''%EA%B3%84%EC%95%BD%EC%84%9C%20%281%29.pdf",
    );
    expect(attachment('a"\r\nX: y')).toBe("attachment; filename=\"a___X: y\"; filename*=UTF-8''a%22%0D%0AX%3A%20y");
  });
});
