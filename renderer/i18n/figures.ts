import type { PostProcessorModule } from 'i18next';

/** A figure, a space, and the unit or measure word that counts it. */
const figureAndUnit = /(?<=[\d∞–]) (?=(?:[KMGT]B|min|days?|months?|years?|SMS|dBm?)(?![a-z])|分钟|个|天|年|条|项|处|次|位)/gu;

/** Puts a no-break space between a figure and its unit: "+150 SMS" and 「+150 条短信」 never break in between. */
export function keepFigures(text: string): string {
  return text.replaceAll(figureAndUnit, '\u00A0');
}

/** The same for every sentence of i18next, so that no locale has to hold a space that nobody sees. */
export const figureKeeper: PostProcessorModule = { type: 'postProcessor', name: 'figures', process: keepFigures };
