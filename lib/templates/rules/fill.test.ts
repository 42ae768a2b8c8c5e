import { expect, it } from "vitest";
import type { TemplateVariable } from "../schema/content";
import { fillTemplate, longestValue, variablesIn } from "./fill";

const variable = (more: Partial<TemplateVariable> = {}): TemplateVariable => ({
  ...{ name: "상품명", kind: "text", max: 4, longest: "", samples: ["오크 의자"], closed: false },
  ...more,
});

it("puts a value in a variable's place, and lets the particle follow it", () => {
  const chair = [variable()];
  const bag = [variable({ samples: ["가방"] })];
  expect(fillTemplate("#{상품명}은 반품됩니다", chair, "sample")).toBe("오크 의자는 반품됩니다");
  expect(fillTemplate("#{상품명}는 반품됩니다", bag, "sample")).toBe("가방은 반품됩니다");
  expect(fillTemplate("#{상품명}을(를) 받습니다", bag, "sample")).toBe("가방을 받습니다");
  expect(fillTemplate("#{상품명}(으)로 바꿉니다", [variable({ samples: ["서울"] })], "sample")).toBe("서울로 바꿉니다");
  expect(fillTemplate("#{상품명}이, #{상품명}와", bag, "sample")).toBe("가방이, 가방과");
});

it("touches no word that only begins like a particle, and no variable that it does not know", () => {
  expect(fillTemplate("#{상품명}가격 #{상품명}이름", [variable({ samples: ["가방"] })], "sample")).toBe(
    "가방가격 가방이름",
  );
  expect(fillTemplate("#{없음}은", [variable()], "sample")).toBe("#{없음}은");
  expect(fillTemplate("#{상품명}은", [variable()], "source")).toBe("#{상품명}은");
  expect(variablesIn("#{하나} #{둘} #{하나} #{셋")).toEqual(["하나", "둘"]);
});

it("shows the longest value: the one that is named, one of the list, or as many letters as there may be", () => {
  expect(longestValue(variable())).toBe("가가가가");
  expect(longestValue(variable({ longest: "네글자임" }))).toBe("네글자임");
  expect(longestValue(variable({ max: null, closed: true, samples: ["하나", "하나 둘"] }))).toBe("하나 둘");
  expect(longestValue(variable({ max: null }))).toBeNull();
});
