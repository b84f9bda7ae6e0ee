import type { Language } from './index.js';

/**
 * One short sentence for every code, in Vietnamese and English.
 *
 * @example
 * messages.vi.expired;   // 'Giấy tờ điện tử đã hết hạn.'
 */
export const messages: Readonly<Record<Language, Readonly<Record<string, string>>>>;

/**
 * The sentence of a code.
 *
 * @example
 * messageFor(report.codes[0], 'en');
 */
export function messageFor(code: string | undefined, language?: Language): string | undefined;

/**
 * A short name for every line of a report.
 *
 * @example
 * checkNames.vi['issuer.signature'];   // 'Chữ ký của đơn vị cấp'
 */
export const checkNames: Readonly<Record<Language, Readonly<Record<string, string>>>>;
