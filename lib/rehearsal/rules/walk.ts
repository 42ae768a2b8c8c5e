// What the robot answers, step by step: the same for the phone of a rehearsal and for a search of dead ends. Pure; takes `now`.
import type { Scenario, ScenarioNode } from "../schema/scenario";
import { isOpenAt } from "./hours";

/** `at`: the menu that waits. `over`: nobody answers by itself any more, since a person took over or the consult ended. */
export type WalkState = { at: string | null; over: "agent" | "end" | null };
/** What is said in one bubble: a text with buttons, or an approved template. */
export type Said = { node: string; text: string; templateId: string | null; choices: readonly string[] };
export type Step = { said: Said[]; state: WalkState };

/** Nodes in a row that say or decide without waiting; a longer row goes round in circles. */
const longestRow = 50;

const nodeOf = ({ nodes }: Scenario, id: string): ScenarioNode | undefined => nodes.find((node) => node.id === id);
const told = (node: ScenarioNode & { text: string }, choices: readonly string[] = []): Said[] =>
  node.text === "" ? [] : [{ node: node.id, text: node.text, templateId: null, choices }];

/** The room has opened, or somebody came back: what is said first. */
export const begin = (scenario: Scenario, now: Date): Step => goTo(scenario, scenario.start, null, now);

/** Somebody pressed a button or typed something; what they typed is compared without regard to case and spaces around it. */
export function answer(scenario: Scenario, state: WalkState, typed: string, now: Date): Step {
  if (state.over !== null || state.at === null) return { said: [], state };
  const menu = nodeOf(scenario, state.at);
  if (menu?.kind !== "menu") return { said: [], state };
  const to = choiceFor(menu, typed);
  if (to !== null) return goTo(scenario, to, menu.id, now);
  const sorry: Said[] =
    scenario.notUnderstood === ""
      ? []
      : [{ node: menu.id, text: scenario.notUnderstood, templateId: null, choices: [] }];
  return {
    said: [
      ...sorry,
      ...told(
        menu,
        menu.choices.map(({ label }) => label),
      ),
    ],
    state,
  };
}

/** Where a word leads from a menu: its label first, then a keyword that is the word, then one that is in it. */
export function choiceFor({ choices }: ScenarioNode & { kind: "menu" }, typed: string): string | null {
  const word = plain(typed);
  if (word === "") return null;
  const found =
    choices.find(({ label }) => plain(label) === word) ??
    choices.find(({ keywords }) => keywords.some((keyword) => plain(keyword) === word)) ??
    choices.find(({ keywords }) => keywords.some((keyword) => keyword !== "" && word.includes(plain(keyword))));
  return found?.to ?? null;
}

const plain = (text: string): string => text.normalize("NFC").trim().toLowerCase();

function goTo(scenario: Scenario, id: string, from: string | null, now: Date): Step {
  const said: Said[] = [];
  let next: string | null = id;
  for (let passed = 0; passed < longestRow && next !== null; passed += 1) {
    const node: ScenarioNode | undefined = nodeOf(scenario, next);
    if (!node) break;
    switch (node.kind) {
      case "menu":
        return {
          said: [
            ...said,
            ...told(
              node,
              node.choices.map(({ label }) => label),
            ),
          ],
          state: { at: node.id, over: null },
        };
      case "answer":
        said.push(
          ...(node.templateId === null
            ? told(node)
            : [{ node: node.id, text: "", templateId: node.templateId, choices: [] }]),
        );
        next = node.next;
        break;
      case "hours":
        next = isOpenAt(scenario.hours, now) ? node.open : node.closed;
        break;
      default:
        return { said: [...said, ...told(node)], state: { at: null, over: node.kind } };
    }
  }
  // An answer that leads nowhere: the menu it was chosen from waits on.
  return { said, state: { at: from, over: null } };
}
