// Every section of the catalogue: file name → JSON text.
import { sectionA } from "./a.mjs";
import { sectionB } from "./b.mjs";
import { sectionC } from "./c.mjs";
import { sectionCwt } from "./cwt.mjs";
import { sectionD } from "./d.mjs";
import { sectionE } from "./e.mjs";
import { sectionF } from "./f.mjs";
import { sectionG } from "./g.mjs";
import { sectionH } from "./h.mjs";
import { sectionI } from "./i.mjs";
import { sectionJ } from "./j.mjs";

const SECTIONS = [sectionA, sectionB, sectionC, sectionD, sectionE, sectionF, sectionG, sectionH, sectionI, sectionJ, sectionCwt];

/** Letter → section. */
export const sections = () => Object.fromEntries(SECTIONS.map((make) => make()).map((section) => [section.letter.toLowerCase(), section]));

export const attackFiles = (made = sections()) => Object.fromEntries(Object.entries(made).map(([letter, section]) => [`${letter}.json`, section.text()]));
