//! How a character of a name may stand in a zone: Doc 9303-3 §6, tables A (Latin), B (Cyrillic) and C (Arabic script), as spellings to
//! compare with, not to print. Where a table leaves a choice to the issuing state, every choice is a spelling.
//!
//! Vietnamese letters, which table A lacks (U+1EA0–U+1EF9), and letters in decomposed form (NFD) lose their marks and keep their base.

use crate::base::split::parts;

/// How one character of a name may be written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Spelling {
    /// One of these, separated by `/`.
    OneOf(&'static str),
    /// The character before it once more (shadda), or nothing.
    Repeat,
    /// Ends a part of the name.
    Separator,
    /// Stands in none of the tables: the name cannot be compared.
    Unknown,
}

/// The spellings of `character`, which follows `before`.
pub(crate) fn spelling(character: char, before: Option<char>) -> Spelling {
    if let Ok(byte) = u8::try_from(character)
        && byte.is_ascii()
    {
        return ascii(byte);
    }
    let code = u32::from(character);
    match code {
        0x300..=0x36F => Spelling::OneOf(mark(code, before)),
        0xA0 | 0x2000..=0x200A | 0x2010..=0x2015 | 0x202F | 0x3000 => Spelling::Separator,
        0xB4 | 0x2BB | 0x2BC | 0x2018..=0x201B | 0x200C..=0x200F => Spelling::OneOf(""),
        0x651 => Spelling::Repeat,
        _ => letter(code).map_or(Spelling::Unknown, Spelling::OneOf),
    }
}

fn ascii(character: u8) -> Spelling {
    match (character, letter_of(character.to_ascii_uppercase())) {
        (_, Some(letter)) => Spelling::OneOf(letter),
        // an apostrophe is left out, its neighbours join (§4.6); so is the stop of an abbreviation
        (b'\'' | b'`' | b'.', None) => Spelling::OneOf(""),
        (b'0'..=b'9', None) => Spelling::Unknown,
        (_, None) => Spelling::Separator,
    }
}

/// A mark over the letter before it: nothing, or what table A would add to that letter.
fn mark(code: u32, before: Option<char>) -> &'static str {
    match (code, before.map(|letter| letter.to_ascii_uppercase())) {
        (0x308, Some('A' | 'O')) => "/E",
        (0x308, Some('U')) => "/E/XX",
        (0x30A, Some('A')) => "/A",
        (0x303, Some('N')) => "/XX",
        _ => "",
    }
}

fn letter(code: u32) -> Option<&'static str> {
    match code {
        // Latin-1: small letters stand 32 above capitals
        0xDF | 0x1E9E => Some("SS"),
        0xFF => Some("Y"),
        0xC0..=0xDE => nth(LATIN_1, code.wrapping_sub(0xC0)),
        0xE0..=0xFE => nth(LATIN_1, code.wrapping_sub(0xE0)),
        0x132 | 0x133 => Some("IJ"),
        0x152 | 0x153 => Some("OE"),
        0x100..=0x17F => base(LATIN_EXTENDED_A, code.wrapping_sub(0x100)),
        0x1A0 | 0x1A1 => Some("O"),
        0x1AF | 0x1B0 => Some("U"),
        // S and T with comma below: Romanian, printed as the cedilla letters of table A
        0x218 | 0x219 => Some("S"),
        0x21A | 0x21B => Some("T"),
        0x1EA0..=0x1EF9 => base(VIETNAMESE, code.wrapping_sub(0x1EA0)),
        // Cyrillic: small letters stand 32 or 80 above capitals, later ones are even and odd
        0x400..=0x42F => nth(CYRILLIC, code.wrapping_sub(0x400)),
        0x430..=0x44F => nth(CYRILLIC, code.wrapping_sub(0x420)),
        0x450..=0x45F => nth(CYRILLIC, code.wrapping_sub(0x450)),
        0x46A | 0x46B => Some("U"),
        0x474 | 0x475 => Some("Y"),
        0x490..=0x493 => Some("G/GJ"),
        0x4BA | 0x4BB => Some("C"),
        0x621..=0x652 => nth(ARABIC, code.wrapping_sub(0x621)),
        0x670 => Some(""),
        0x671..=0x6D3 => ARABIC_EXTENDED.iter().find(|(listed, _)| *listed == code).map(|(_, spelling)| *spelling),
        _ => None,
    }
    .filter(|spelling| *spelling != "?")
}

fn nth(table: &'static str, index: u32) -> Option<&'static str> {
    // "-" is a letter that is left out
    parts(table, b' ').nth(usize::try_from(index).ok()?).map(|spelling| if spelling == "-" { "" } else { spelling })
}

/// Tables whose rows are one letter each: the base letter at `index`.
fn base(table: &'static str, index: u32) -> Option<&'static str> {
    let index = usize::try_from(index).ok()?;
    letter_of(*table.as_bytes().get(index)?)
}

fn letter_of(letter: u8) -> Option<&'static str> {
    let start = usize::from(letter.wrapping_sub(b'A'));
    ALPHABET.get(start..start.saturating_add(1))
}

const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// Table A, U+00C0–U+00DE (`?` is no letter).
const LATIN_1: &str = "A A A A AE/A AA/A AE C E E E E I I I I D N/NXX O O O O OE/O ? OE U U U UE/UXX/U Y TH";

/// Table A, U+0100–U+017F: base letters.
const LATIN_EXTENDED_A: &str =
    "AAAAAACCCCCCCCDDDDEEEEEEEEEEGGGGGGGGHHHHIIIIIIIIIIIIJJKKKLLLLLLLLLLNNNNNNNNNOOOOOOOORRRRRRSSSSSSSSTTTTTTUUUUUUUUUUUUWWYYYZZZZZZS";

/// U+1EA0–U+1EF9, the Vietnamese letters: base letters.
const VIETNAMESE: &str = "AAAAAAAAAAAAAAAAAAAAAAAAEEEEEEEEEEEEEEEEIIIIOOOOOOOOOOOOOOOOOOOOOOOOUUUUUUUUUUUUUUYYYYYYYY";

/// Table B, U+0400–U+042F, with the forms for Belarusian, Bulgarian, Macedonian, Serbian and Ukrainian. Three letters that Unicode has
/// and table B has not (U+0400, U+040B, U+040D) take the row of their likes.
const CYRILLIC: &str = "E E/IO D G/GJ IE/YE DZ I I/YI J LJ NJ C K/KJ I U DZ/DJ \
    A B V G/H D E ZH/Z Z I/Y I/Y K L M N O P R S T U F KH/H TS/C CH/C SH/S SHCH/SHT IE Y - E IU/YU IA/YA";

/// Table C, U+0621–U+0652. Teh marbuta is `XAH` at the end of a part of the name and `XTA` elsewhere; vowel marks are not written.
const ARABIC: &str = "XE XAA XAE U I XI A B XTA/XAH T XTH J XH XKH D XDH R Z S XSH XSS XDZ XTT XZZ E G ? ? ? ? ? - \
    F Q K L M N H W XAY Y - - - - - - ? -";

/// Table C, letters of Persian, Urdu, Pashto, Sindhi and others.
const ARABIC_EXTENDED: [(u32, &str); 33] = [
    (0x671, "XXA"),
    (0x679, "XXT"),
    (0x67C, "XRT"),
    (0x67E, "P"),
    (0x681, "XKE"),
    (0x685, "XXH"),
    (0x686, "XC"),
    (0x688, "XXD"),
    (0x689, "XDR"),
    (0x691, "XXR"),
    (0x693, "XRR"),
    (0x696, "XRX"),
    (0x698, "XJ"),
    (0x69A, "XXS"),
    (0x6A9, "XKK"),
    (0x6AB, "XXK"),
    (0x6AD, "XNG"),
    (0x6AF, "XGG"),
    (0x6BA, "XNN"),
    (0x6BC, "XXN"),
    (0x6BE, "XDO"),
    (0x6C0, "XYH"),
    (0x6C1, "XXG"),
    (0x6C2, "XGE"),
    (0x6C3, "XTG"),
    (0x6CC, "XYA"),
    (0x6CD, "XXY"),
    (0x6D0, "Y"),
    (0x6D2, "XYB"),
    (0x6D3, "XBE"),
    // not written
    (0x69C, ""),
    (0x6A2, ""),
    (0x6A7, ""),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn one(character: char) -> Option<&'static str> {
        match spelling(character, None) {
            Spelling::OneOf(text) => Some(text),
            Spelling::Repeat | Spelling::Separator | Spelling::Unknown => None,
        }
    }

    #[test]
    fn tables_have_a_row_for_each_letter() {
        assert_eq!(LATIN_1.split(' ').count(), 31);
        assert_eq!(LATIN_EXTENDED_A.len(), 128);
        assert_eq!(VIETNAMESE.len(), 90);
        assert_eq!(CYRILLIC.split(' ').count(), 48);
        assert_eq!(ARABIC.split(' ').count(), 50);
    }

    #[test]
    fn rows_of_the_three_tables() {
        for (letters, spelling) in [
            ("Ää", "AE/A"),
            ("Åå", "AA/A"),
            ("Ññ", "N/NXX"),
            ("Üü", "UE/UXX/U"),
            ("ØøŒœ", "OE"),
            ("ßẞ", "SS"),
            ("Þþ", "TH"),
            ("ÐðĐđĎď", "D"),
            ("Ĳĳ", "IJ"),
            ("İı", "I"),
            ("ŁłĿŀ", "L"),
            ("ŊŋŃń", "N"),
            ("ŞşŠšȘș", "S"),
            ("ŦŧŢţȚț", "T"),
            ("ŶŷŸÿÝýỲỳỸỹ", "Y"),
            ("ŹźŽž", "Z"),
            ("ẠạẢảẤấẦầẨẩẪẫẬậẮắẰằẲẳẴẵẶặĂăÂâ", "A"),
            ("ẸẹẺẻẼẽẾếỀềỂểỄễỆệÊê", "E"),
            ("ỈỉỊị", "I"),
            ("ỌọỎỏỐốỒồỔổỖỗỘộỚớỜờỞởỠỡỢợƠơÔô", "O"),
            ("ỤụỦủỨứỪừỬửỮữỰựƯư", "U"),
            ("Щщ", "SHCH/SHT"),
            ("Гг", "G/H"),
            ("Ёё", "E/IO"),
            ("Яя", "IA/YA"),
            ("Ьь", ""),
            ("Џџ", "DZ/DJ"),
            ("ش", "XSH"),
            ("ي", "Y"),
            ("ة", "XTA/XAH"),
            ("ـ", ""),
            ("ی", "XYA"),
        ] {
            for letter in letters.chars() {
                assert_eq!(one(letter), Some(spelling), "{letter}");
            }
        }
        for letter in "×÷阮ア1٣ℵ😀".chars() {
            assert!(spelling(letter, None) == Spelling::Unknown, "{letter}");
        }
    }
}
