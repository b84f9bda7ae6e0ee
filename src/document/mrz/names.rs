//! Names of a zone: primary and secondary identifier, possible truncation (Doc 9303-3 §4.6), and whether they can be a given name.

use alloc::vec::Vec;

use crate::base::split;
use crate::document::mrz::translit::{Spelling, spelling};

/// Whether a name fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Agreement {
    /// The zone's name is a spelling of it, or may be one cut short.
    Same,
    /// It is not.
    Different,
    /// The name is written in characters that Doc 9303-3 §6 does not treat.
    CannotTell,
}

/// The name field of a zone.
#[derive(Clone, Copy)]
pub struct Names<'a> {
    cells: &'a [u8],
}

impl<'a> Names<'a> {
    /// The field as it stands.
    pub(crate) const fn new(cells: &'a [u8]) -> Self {
        Self { cells }
    }

    /// Parts of the primary identifier.
    pub fn primary(self) -> impl Iterator<Item = &'a str> {
        parts(self.halves().0)
    }

    /// Parts of the secondary identifier; none if the holder has but one name.
    pub fn secondary(self) -> impl Iterator<Item = &'a str> {
        parts(self.halves().1)
    }

    /// Whether the name may have been cut: the last position holds a letter (Doc 9303-4 §4.2.3, -5 §4.2.3, -6 §4.2.3).
    pub fn may_be_truncated(self) -> bool {
        self.cells.last().is_some_and(u8::is_ascii_uppercase)
    }

    /// Whether there is a name at all, and no digit in it (Doc 9303-3 §4.6: numbers are written in letters).
    pub(crate) fn are_letters(self) -> bool {
        self.cells.iter().any(u8::is_ascii_uppercase) && !self.cells.iter().any(u8::is_ascii_digit)
    }

    /// Compares with a name of another source, given in one piece or in parts, family name first or last.
    ///
    /// Spaces, hyphens and case do not count. A truncated zone needs to hold the beginnings of the name's parts, in their order.
    pub fn agree_with(self, name: &[&str]) -> Agreement {
        let mut characters: Vec<char> = Vec::new();
        for part in name {
            for character in part.chars() {
                if spelling(character, None) == Spelling::Unknown {
                    return Agreement::CannotTell;
                }
                characters.push(character);
            }
            characters.push(' ');
        }
        let (primary, secondary) = self.halves();
        for order in [[primary, secondary], [secondary, primary]] {
            if is_spelling(order, &characters) || (self.may_be_truncated() && begins_parts(order, &characters)) {
                return Agreement::Same;
            }
        }
        Agreement::Different
    }

    fn halves(self) -> (&'a [u8], &'a [u8]) {
        let split = self.cells.windows(2).position(|pair| pair == b"<<").unwrap_or(self.cells.len());
        self.cells.split_at_checked(split).unwrap_or_default()
    }
}

/// Whether two names of other sources agree: `one` is brought to letters of a zone first.
pub(crate) fn agree(one: &str, name: &[&str]) -> Agreement {
    let mut cells = Vec::with_capacity(one.len());
    let mut before = None;
    for character in one.chars() {
        match spelling(character, before) {
            Spelling::OneOf(spellings) => cells.extend(spellings.bytes().take_while(|&letter| letter != b'/')),
            Spelling::Separator => cells.push(b'<'),
            Spelling::Repeat => {}
            Spelling::Unknown => return Agreement::CannotTell,
        }
        before = Some(character);
    }
    cells.push(b'<'); // nothing is cut off
    Names::new(&cells).agree_with(name)
}

/// The parts between fillers.
fn parts(half: &[u8]) -> impl Iterator<Item = &str> {
    let text = core::str::from_utf8(half).unwrap_or_default();
    split::parts(text, b'<').filter(|part| !part.is_empty())
}

/// Whether the letters of a zone, without their fillers, spell the whole name.
fn is_spelling(order: [&[u8]; 2], characters: &[char]) -> bool {
    let mut letters = Vec::new();
    for half in order {
        for &cell in half {
            if cell != b'<' {
                letters.push(cell);
            }
        }
    }
    let mut reader = Reader::new(&letters);
    for &character in characters {
        reader.read(character);
    }
    reader.at_end()
}

/// Whether each part in the zone begins a part of the name, in order, and the first of both is the same one.
fn begins_parts(order: [&[u8]; 2], characters: &[char]) -> bool {
    let [first, second] = order;
    let mut wanted = parts(first).chain(parts(second));
    let Some(mut part) = wanted.next() else { return false };
    let mut is_first = true;
    for word in characters.split(|&character| spelling(character, None) == Spelling::Separator) {
        let mut reader = Reader::new(part.as_bytes());
        let mut begins = false;
        for &character in word {
            reader.read(character);
            begins |= reader.at_end();
        }
        if begins {
            match wanted.next() {
                Some(next) => part = next,
                None => return true,
            }
        } else if is_first && !word.is_empty() {
            return false;
        }
        is_first &= word.is_empty();
    }
    false
}

/// Reads a name along the letters of a zone, keeping every position that some spelling can have reached: one bit each, since a name
/// field has at most 39 cells.
struct Reader<'a> {
    letters: &'a [u8],
    positions: u64,
    before: Option<char>,
    last: &'static str,
}

impl<'a> Reader<'a> {
    const fn new(letters: &'a [u8]) -> Self {
        Self { letters, positions: 1, before: None, last: "" }
    }

    fn read(&mut self, character: char) {
        self.positions = match spelling(character, self.before) {
            Spelling::OneOf(spellings) => {
                if !spellings.is_empty() {
                    self.last = spellings; // a vowel mark may stand between a letter and its shadda
                }
                self.after(spellings)
            }
            Spelling::Repeat => self.positions | self.after(self.last),
            Spelling::Separator => self.positions,
            Spelling::Unknown => 0,
        };
        self.before = Some(character);
    }

    /// The positions after one of these spellings.
    fn after(&self, spellings: &str) -> u64 {
        let (mut reached, mut positions) = (0, self.positions);
        for letter in spellings.bytes() {
            if letter == b'/' {
                reached |= positions;
                positions = self.positions;
            } else {
                let mut stands = 0_u64;
                for &cell in self.letters.iter().rev() {
                    stands = stands.wrapping_shl(1) | u64::from(cell == letter);
                }
                positions = (positions & stands).wrapping_shl(1);
            }
        }
        reached | positions
    }

    fn at_end(&self) -> bool {
        let end = u32::try_from(self.letters.len()).ok().and_then(|end| 1_u64.checked_shl(end));
        end.is_some_and(|end| self.positions & end != 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compare(cells: &str, name: &[&str]) -> Agreement {
        Names::new(cells.as_bytes()).agree_with(name)
    }

    #[test]
    fn spellings_of_one_name() {
        for (cells, name) in [
            ("NGUYEN<<VAN<AN<<<<<<", "Nguyễn Văn An"),
            ("NGUYEN<<VAN<AN<<<<<<", "NGUYE\u{302}\u{303}N VA\u{306}N AN"),
            ("DANG<<THI<ANH<TUYET<", "Đặng Thị Ánh Tuyết"),
            ("KBROI<<<<<<<<<<<<<<<", "K'Brơi"),
            ("MUELLER<<JUERGEN<<<<", "Jürgen Müller"),
            ("MULLER<<JUERGEN<<<<<", "MÜLLER, Jürgen"),
            ("MULLER<<JURGEN<<<<<<", "Mu\u{308}ller Ju\u{308}rgen"),
            ("MUELLER<<JUERGEN<<<<", "Mu\u{308}ller Ju\u{308}rgen"),
            ("MUXXLLER<<NXXO<<<<<<", "Müller Ño"),
            ("OCONNOR<<ENYA<SIOBHAN", "Enya Siobhan O’Connor"),
            ("SMITH<JONES<<SUSIE<<<", "Smith-Jones Susie"),
            ("IVANOV<<SERGEI<<<<<<<", "Иванов Сергей"),
            ("SHCHUKINA<<IULIIA<<<<", "Юлия Щукина"),
            ("YUSHCHENKO<<VIKTOR<<<", "Ющенко Віктор"),
            ("XDZAHR<<MXHMWD<<<<<<<", "ضاهر محمود"),
            ("MXHMMD<<ELY<<<<<<<<<<", "مُحمَّد علي"),
            ("SOERENSEN<<AASE<<<<<<", "Åse Sørensen"),
            ("ARKFREITH<<<<<<<<<<<<", "Arkfreith"),
        ] {
            assert_eq!(compare(cells, &[name]), Agreement::Same, "{name}");
        }
        assert_eq!(compare("NGUYEN<<VAN<AN<<", &["Nguyễn", "Văn", "An"]), Agreement::Same);
    }

    #[test]
    fn other_names_differ() {
        for (cells, name) in [
            ("NGUYEN<<VAN<AN<<<<<<", "Nguyễn Văn Anh"),
            ("NGUYEN<<VAN<ANH<<<<<", "Nguyễn Văn An"),
            ("NGUYEN<<VAN<AN<<<<<<", "Trần Văn An"),
            ("NGUYEN<<VAN<AN<<<<<<", ""),
            ("MUEELLER<<JUERGEN<<<", "Müller Jürgen"),
            ("MUELLER<<<<<<<<<<<<<", "Müller Jürgen"),
            ("PETROV<<SERGEI<<<<<<<", "Иванов Сергей"),
        ] {
            assert_eq!(compare(cells, &[name]), Agreement::Different, "{name}");
        }
        assert_eq!(compare("RUAN<<WEN<<<", &["阮文"]), Agreement::CannotTell);
        assert_eq!(compare("SMITH<<JOHN<", &["Smith 2nd John"]), Agreement::CannotTell);
    }

    #[test]
    fn truncated_names_hold_beginnings() {
        let cells = "NILAVADHANANANDA<<ARNPOL<PETCH<CHARONGU"; // Doc 9303-4 §4.2.3
        assert_eq!(compare(cells, &["Nilavadhanananda Chayapa Dejthamrong Krasuang Arnpol Petch Charonguang"]), Agreement::Same);
        assert_eq!(compare(cells, &["Arnpol Petch Charonguang Nilavadhanananda"]), Agreement::Same);
        assert_eq!(compare(cells, &["Nilavadhanananda Arnpol Petch"]), Agreement::Different);
        assert_eq!(compare(cells, &["Nilavadhanananda Arnpol Petch Somchai"]), Agreement::Different);
        assert_eq!(compare(cells, &["Chayapa Nilavadhanananda Arnpol Petch Charonguang"]), Agreement::Different);
        let cells = "BENNELONG<WOOLOOM<WARRAND<WARNAM<<DINGO";
        assert_eq!(compare(cells, &["Bennelong Wooloomooloo Warrandyte Warnambool Dingo Potoroo"]), Agreement::Same);
        assert_eq!(compare(cells, &["Bennelong Wooloomooloo Warrandyte Warnambool Wombat Potoroo"]), Agreement::Different);
        assert_eq!(compare("PAPANDROPOULOUS<<JONATHON<ALEC", &["Papandropoulous Jonathon Alec"]), Agreement::Same);
    }

    #[test]
    fn halves() {
        let names = Names::new(b"VAN<DER<MUELLEN<<MARTIN<<<<");
        assert!(names.primary().eq(["VAN", "DER", "MUELLEN"]) && names.secondary().eq(["MARTIN"]) && !names.may_be_truncated());
        let names = Names::new(b"<<ANNA<MARIA<<<<");
        assert!(names.primary().next().is_none() && names.secondary().eq(["ANNA", "MARIA"]));
        assert!(!Names::new(b"<<<<<<").are_letters() && !Names::new(b"ERIK55ON<<").are_letters());
    }
}
