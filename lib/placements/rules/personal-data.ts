// What must not travel in an address: it stands in browser histories and in other companies' logs (field-facts 2.1; 법 제3조, 제16조). Pure.

/** Names of parameters under which pages hand on who somebody is. */
const telling =
  /^(user_?(name|id|no)|member_?(id|no|name)?|cust(omer)?_?(id|no|name)?|e?_?mail|(mobile|cell)_?(phone|no)?|phone(_?(no|number))?|tel|birth(day|date)?|jumin|rrn|ssn|addr(ess)?|session(_?id)?|token|access_?token)$/i;

/** Whether a text holds what looks like a telephone number, a mail address or a resident registration number. */
export function personalDataIn(text: string): "phone" | "mail" | "registration" | null {
  if (/[\w.+-]+@[\w-]+\.[\w.-]*\w/.test(text)) return "mail";
  const joined = text.replace(/(?<=\d)[\s._-](?=\d)/g, "");
  if (/(?<!\d)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])[1-8]\d{6}(?!\d)/.test(joined)) return "registration";
  if (/(?<!\d)(?:\+?82|0)1[016789]\d{7,8}(?!\d)/.test(joined)) return "phone";
  return null;
}

/** The first parameter of an address that tells of a person, or null. A place's page is the same for everyone: it needs none. */
export function personalParameter(url: URL): string | null {
  for (const [name, value] of url.searchParams)
    if (value !== "" && (telling.test(name) || personalDataIn(value) !== null)) return name;
  return personalDataIn(decoded(url.pathname)) === null ? null : url.pathname;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
