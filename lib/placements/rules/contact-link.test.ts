import { expect, it } from "vitest";
import { contactLink } from "./contact-link";

it.each([
  ["1588-0000", "tel:15880000", "1588-0000"],
  ["한결생활 고객센터 1588-0000 (평일 9–18시)", "tel:15880000", "1588-0000"],
  ["고객센터 02-123-4567, 09:00~18:00", "tel:021234567", "02-123-4567"],
  ["문의 010 1234 5678", "tel:01012345678", "010 1234 5678"],
  ["+82-2-1234-5678", "tel:+82212345678", "+82-2-1234-5678"],
  ["https://www.hangyeol.example/help", "https://www.hangyeol.example/help", "https://www.hangyeol.example/help"],
  ["홈페이지(https://hangyeol.example/cs)에서 1588-0000", "https://hangyeol.example/cs", "https://hangyeol.example/cs"],
])("%s can be tapped", (contact, href, text) => {
  expect(contactLink(contact)).toEqual({ href, text });
});

it.each([
  "",
  "고객센터",
  "javascript:alert(1)",
  "http://hangyeol.example",
  "평일 9–18시",
  '"><script>alert(1)</script>',
])("%s cannot", (contact) => {
  expect(contactLink(contact)).toBeNull();
});
