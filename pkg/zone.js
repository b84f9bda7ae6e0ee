// What `readMrz` answers, put together of the engine's parts (src/boundary/zone_wire.rs): no letter of a zone needs JSON.

const orNull = (text) => (text === '' ? null : text);

/** A text that is no zone. */
const noFields = () => ({
  format: 'unknown', documentCode: null, documentNumber: null, issuingState: null, nationality: null, names: null, birth: null, sex: null,
  expiry: null, optional: [], personalNumber: null, ambiguous: [], digits: [],
}); // prettier-ignore

/** Check digits by the first letter of what they are computed over. */
const FIELDS = { d: 'documentNumber', b: 'birth', e: 'expiry', o: 'optional', c: 'composite' };

/** Four letters a digit: its field, whether it is right, its place. */
function digitsOf(text) {
  const digits = [];
  for (let i = 0; i < text.length; i += 4) {
    const start = 10 * (text.charCodeAt(i + 2) - ZERO) + text.charCodeAt(i + 3) - ZERO;
    digits.push({ ok: text[i + 1] === '1', field: FIELDS[text[i]], at: { start, end: start + 1 } });
  }
  return digits;
}

const ZERO = 0x30;

function fieldsOf(parts) {
  const [, , format, words, documentCode, documentNumber, issuingState, nationality, primary, secondary, personalNumber, birth, expiry, digits] = parts;
  const ambiguous = [];
  if (words[2] === '1') ambiguous.push('birth');
  if (words[3] === '1') ambiguous.push('expiry');
  return {
    format,
    documentCode,
    documentNumber,
    issuingState,
    nationality,
    sex: words[0],
    names: { truncated: words[1] === '1', primary, secondary },
    personalNumber: orNull(personalNumber),
    birth: orNull(birth),
    expiry: orNull(expiry),
    ambiguous,
    optional: parts.slice(14),
    digits: digitsOf(digits),
  };
}

/** @param {string} text parts between line feeds: report, suggestions, then the fields of a zone */
export function readZone(text) {
  const parts = text.split('\n');
  const answer = parts.length > 2 ? fieldsOf(parts) : noFields();
  if (parts[1] !== '') answer.suggestions = JSON.parse(parts[1]);
  answer.report = JSON.parse(parts[0]);
  return answer;
}
