//! Who issues and whose national: the codes of Doc 9303-3 Section 5 (eighth edition, 2021, Parts A–D), a closed table.
//!
//! Part A is ISO 3166-1 alpha-3 (UN Statistics Division, M49 list of 2026-09-25), save that Germany is `D`. A new state needs a row here.

use crate::base::split::without_end;

/// Whether three cells of a zone hold a code of the table, filled up with `<`.
///
/// ```
/// use eid_verifier::document::states::is_listed_cells;
/// assert!(is_listed_cells(b"VNM") && is_listed_cells(b"D<<") && is_listed_cells(b"XXA"));
/// assert!(!is_listed_cells(b"VN<") && !is_listed_cells(b"<<<") && !is_listed_cells(b"UT0"));
/// ```
pub fn is_listed_cells(cells: &[u8]) -> bool {
    let end = cells.iter().position(|&cell| cell == b'<').unwrap_or(cells.len());
    let (code, filler) = cells.split_at_checked(end).unwrap_or_default();
    cells.len() == 3 && filler.iter().all(|&cell| cell == b'<') && core::str::from_utf8(code).is_ok_and(is_listed)
}

/// Whether `code` is in the table: `VNM`, `D`, `XXA`. `DEU` is taken for `D`, since other states and issuers of credentials write it.
/// Two-letter codes are refused (contract §12 "Types").
pub fn is_listed(code: &str) -> bool {
    match code.as_bytes() {
        [a, b, c] => place(*a, *b, *c).is_some_and(|(byte, bit)| LISTED.get(byte).is_some_and(|bits| bits & bit != 0)),
        _ => code == GERMANY,
    }
}

/// One code for one state: fillers off, `DEU` as `D`.
pub fn canonical(code: &str) -> &str {
    match without_end(code, b'<') {
        GERMANY_ISO => GERMANY,
        code => code,
    }
}

const GERMANY: &str = "D";
const GERMANY_ISO: &str = "DEU";

const TABLE: [&str; 5] = [ISO_3166_1, UNITED_KINGDOM, ORGANISATIONS, PERSONS_AND_SPECIMENS, GERMANY_ISO];

/// One bit for each code of three letters: the table as it is loaded, less than its text after compression, and one look a code.
static LISTED: [u8; 26 * 26 * 26 / 8 + 1] = listed();

/// Where the bit of a code is; `None` if it is not of three capital letters.
const fn place(a: u8, b: u8, c: u8) -> Option<(usize, u8)> {
    let (a, b, c) = (a.wrapping_sub(b'A'), b.wrapping_sub(b'A'), c.wrapping_sub(b'A'));
    if a > 25 || b > 25 || c > 25 {
        return None;
    }
    let index = widened(a).wrapping_mul(26).wrapping_add(widened(b)).wrapping_mul(26).wrapping_add(widened(c));
    Some((index / 8, 1 << (index % 8)))
}

#[allow(clippy::as_conversions, reason = "`usize::from` is not yet usable in a constant")]
const fn widened(letter: u8) -> usize {
    letter as usize
}

#[allow(clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "runs in the compiler, which refuses what is out of bounds")]
const fn listed() -> [u8; 26 * 26 * 26 / 8 + 1] {
    let mut bits = [0; 26 * 26 * 26 / 8 + 1];
    let mut part = 0;
    while part < TABLE.len() {
        let codes = TABLE[part].as_bytes();
        let mut at = 0;
        while at + 3 <= codes.len() {
            // each code and its blank, or the end, are four bytes
            if let Some((byte, bit)) = place(codes[at], codes[at + 1], codes[at + 2]) {
                bits[byte] |= bit;
            }
            at += 4;
        }
        part += 1;
    }
    bits
}

/// Part A: ISO 3166-1 alpha-3, and two codes withdrawn there that documents may still bear (`ANT`, `NTZ`).
const ISO_3166_1: &str = "ANT NTZ \
    ABW AFG AGO AIA ALA ALB AND ARE ARG ARM ASM ATA ATF ATG AUS AUT AZE BDI BEL BEN BES BFA BGD BGR BHR \
    BHS BIH BLM BLR BLZ BMU BOL BRA BRB BRN BTN BVT BWA CAF CAN CCK CHE CHL CHN CIV CMR COD COG COK COL \
    COM CPV CRI CUB CUW CXR CYM CYP CZE DJI DMA DNK DOM DZA ECU EGY ERI ESH ESP EST ETH FIN FJI FLK FRA \
    FRO FSM GAB GBR GEO GGY GHA GIB GIN GLP GMB GNB GNQ GRC GRD GRL GTM GUF GUM GUY HKG HMD HND HRV HTI \
    HUN IDN IMN IND IOT IRL IRN IRQ ISL ISR ITA JAM JEY JOR JPN KAZ KEN KGZ KHM KIR KNA KOR KWT LAO LBN \
    LBR LBY LCA LIE LKA LSO LTU LUX LVA MAC MAF MAR MCO MDA MDG MDV MEX MHL MKD MLI MLT MMR MNE MNG MNP \
    MOZ MRT MSR MTQ MUS MWI MYS MYT NAM NCL NER NFK NGA NIC NIU NLD NOR NPL NRU NZL OMN PAK PAN PCN PER \
    PHL PLW PNG POL PRI PRK PRT PRY PSE PYF QAT REU ROU RUS RWA SAU SDN SEN SGP SGS SHN SJM SLB SLE SLV \
    SMR SOM SPM SRB SSD STP SUR SVK SVN SWE SWZ SXM SYC SYR TCA TCD TGO THA TJK TKL TKM TLS TON TTO TUN \
    TUR TUV TWN TZA UGA UKR UMI URY USA UZB VAT VCT VEN VGB VIR VNM VUT WLF WSM YEM ZAF ZMB ZWE";

/// Part A, United Kingdom: overseas territories citizen, national (overseas), overseas citizen, protected person, subject.
const UNITED_KINGDOM: &str = "GBD GBN GBO GBP GBS";

/// Parts B and D: European Union laissez-passer; United Nations, its agencies, its mission in Kosovo; African Development Bank, Afreximbank,
/// CARICOM, Council of Europe, COMESA, ECOWAS, INTERPOL, Organization of Eastern Caribbean States, Parliamentary Assembly of the
/// Mediterranean, Sovereign Military Order of Malta, SADC; Kosovo.
const ORGANISATIONS: &str = "EUE UNO UNA UNK XBA XIM XCC XCE XCO XEC XPO XES XMP XOM XDC RKS";

/// Part C: stateless person, refugee (1951 Convention), other refugee, unspecified nationality; the specimen state Utopia; ICAO itself.
const PERSONS_AND_SPECIMENS: &str = "XXA XXB XXC XXX UTO IAO";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_no_doubles_and_only_codes() {
        let all: alloc::vec::Vec<&str> = TABLE.iter().flat_map(|part| part.split(' ')).collect();
        assert_eq!(all.len(), 248 + 2 + 5 + 16 + 6 + 1);
        let bits: u32 = LISTED.iter().map(|byte| byte.count_ones()).sum();
        assert_eq!(usize::try_from(bits), Ok(all.len()));
        for (i, code) in all.iter().enumerate() {
            assert!(code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase()), "{code}");
            assert!(all.iter().skip(i + 1).all(|other| other != code), "{code} twice");
        }
    }

    #[test]
    fn neighbours_of_codes_are_refused() {
        for code in ["", "VN", "vnm", "VNM ", "XXD", "XKX", "RSL", "D<<", "<<<", "DE", "DDR", "A B", " VN"] {
            assert!(!is_listed(code), "{code}");
        }
        for code in ["VNM", "D", "DEU", "RKS", "UNK", "EUE", "XOM", "XPO", "GBD", "XXA", "UTO", "SSD", "TLS"] {
            assert!(is_listed(code), "{code}");
        }
    }
}
