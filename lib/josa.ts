// Korean particles that follow the sound before them: 은(는), 이(가), 을(를), 과(와), (으)로, (이)라, (이)나, (이)며, 아(야). Pure.

/** Digits and letters as they are read in Korean: whether the reading ends in a consonant, and in ㄹ (로, not 으로). */
const endings: Readonly<Record<string, "open" | "closed" | "l">> = {
  ...{ "0": "closed", "1": "l", "2": "open", "3": "closed", "4": "open", "5": "open" },
  ...{ "6": "closed", "7": "l", "8": "l", "9": "open" },
  ...{ l: "l", m: "closed", n: "closed", r: "l" },
};

const pairs: Readonly<Record<string, readonly [closed: string, open: string]>> = {
  "은(는)": ["은", "는"],
  "이(가)": ["이", "가"],
  "을(를)": ["을", "를"],
  "과(와)": ["과", "와"],
  "(으)로": ["으로", "로"],
  "(이)라": ["이라", "라"],
  "(이)나": ["이나", "나"],
  "(이)며": ["이며", "며"],
};

/** Particles as an author writes them directly behind a variable. */
export const particleForms: readonly string[] = Object.keys(pairs);

/**
 * The particle that fits what stands before it. Brackets, quotes and points at the end are skipped; a word without a known reading
 * takes the open form.
 * @param before the text in front @param form one of `particleForms`
 */
export function particle(before: string, form: string): string {
  const pair = pairs[form];
  if (!pair) return form;
  const sound = endingOf(before);
  return sound === "open" || (sound === "l" && form === "(으)로") ? pair[1] : pair[0];
}

function endingOf(before: string): "open" | "closed" | "l" {
  const last = before.normalize("NFC").match(/[\p{L}\p{N}](?=[^\p{L}\p{N}]*$)/u)?.[0];
  if (last === undefined) return "open";
  const at = last.codePointAt(0) ?? 0;
  if (at < 0xac00 || at > 0xd7a3) return endings[last.normalize("NFKC").toLowerCase()] ?? "open";
  const final = (at - 0xac00) % 28;
  return final === 0 ? "open" : final === 8 ? "l" : "closed";
}
