import { describe, expect, it } from "vitest";
import { type CsvCell, csvLine, csvStream } from "./csv";

describe("csvLine", () => {
  it.each(["=1+1", "+82", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "＝1", "＋1", "－1", "＠x"])(
    "takes the formula out of %j",
    (text) => {
      expect(csvLine([text])).toBe(`"'${text}"\r\n`);
    },
  );
  it("changes nothing else", () => {
    expect(csvLine(["a=b", "한글", "", " =x", "1-2", "O'Reilly"])).toBe(`"a=b","한글",""," =x","1-2","O'Reilly"\r\n`);
  });
  it("keeps quotes, commas and line breaks inside their cell", () => {
    expect(csvLine(['say "hi", then\r\n=leave', 'x"'])).toBe('"say ""hi"", then\r\n=leave","x"""\r\n');
  });
  it("leaves numbers as numbers and missing ones empty", () => {
    expect(csvLine([1, -2.5, null, Number.NaN])).toBe('1,-2.5,"",""\r\n');
  });
  it("writes what UTF-8 and cells can hold", () => {
    expect(csvLine(["\ud800", "a\u0000b"])).toBe('"\ufffd","a\ufffdb"\r\n');
  });
});

describe("csvStream", () => {
  it("begins with a byte order mark and asks for a page only when the last one was read", async () => {
    let asked = 0;
    async function* pages(): AsyncGenerator<CsvCell[][]> {
      for (; asked < 1_000; asked += 1) yield [[asked, "행"]];
    }
    const reader = csvStream(["번호", "이름"], pages()).getReader();
    const first = await reader.read();
    expect([...(first.value ?? [])].slice(0, 3)).toEqual([0xef, 0xbb, 0xbf]);
    const second = new TextDecoder().decode((await reader.read()).value);
    expect(second).toBe('0,"행"\r\n');
    await reader.cancel();
    expect(asked).toBeLessThan(4);
  });
  it("breaks off when its source fails", async () => {
    async function* pages(): AsyncGenerator<CsvCell[][]> {
      yield [[1]];
      throw new Error("database away");
    }
    await expect(new Response(csvStream(["a"], pages())).text()).rejects.toThrow("database away");
  });
});
