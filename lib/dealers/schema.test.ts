import { describe, expect, it } from "vitest";
import { allowedFromSchema } from "./schema/connection";

describe("allowed addresses", () => {
  it("are addresses or ranges, one a line", () => {
    expect(allowedFromSchema.parse("203.0.113.7\n198.51.100.0/24, 2001:db8::/32\n203.0.113.7")).toEqual([
      "203.0.113.7",
      "198.51.100.0/24",
      "2001:db8::/32",
    ]);
    expect(allowedFromSchema.parse("")).toEqual([]);
    for (const wrong of ["infobank.net", "10.0.0.0/33", "10.0.0.0/", "1.2.3", "::1%eth0", "10.0.0.0/8/8", "0/0"]) {
      expect(allowedFromSchema.safeParse(wrong).success, wrong).toBe(false);
    }
  });
});
