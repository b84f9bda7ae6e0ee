//! From the code in a zone, three letters, to the code in a signer's certificate, two letters (ICAO Doc 9303-12 §7.1.1.2: ISO 3166-1 alpha-2; Doc 9303-3 §5).
//!
//! A signer of one state must not sign another's documents. What is not in the table matches nothing.

/// Whether a certificate of `country` (two capitals) may sign documents of the issuing state `state` (three letters, fillers off).
///
/// ```
/// use eid_verifier::document::emrtd::country::signs_for;
/// assert!(signs_for(*b"DE", "D") && signs_for(*b"UN", "UNO") && signs_for(*b"VN", "VNM"));
/// assert!(!signs_for(*b"DE", "VNM") && !signs_for(*b"XX", "XXA"));
/// ```
pub fn signs_for(country: [u8; 2], state: &str) -> bool {
    let special = SPECIAL.iter().any(|(known, countries)| *known == state && countries.contains(&country));
    let row = |row: &str| state.len() == 3 && row.strip_prefix(state).is_some_and(|two| two.as_bytes() == country);
    special || ISO_3166_1.split(' ').any(row)
}

/// Codes that are no alpha-3 code of ISO 3166-1, or have more than one signer: Germany; British passports of all kinds; United Nations (Doc 9303-3 §5 Part B);
/// European Union; Kosovo (master lists have `KS`); Hong Kong and Macao, whose documents are China's; Utopia, the specimen state.
const SPECIAL: [(&str, &[[u8; 2]]); 16] = [
    ("D", &[*b"DE"]),
    ("DEU", &[*b"DE"]),
    ("GBD", &[*b"GB"]),
    ("GBN", &[*b"GB"]),
    ("GBO", &[*b"GB"]),
    ("GBP", &[*b"GB"]),
    ("GBS", &[*b"GB"]),
    ("UNO", &[*b"UN"]),
    ("UNA", &[*b"UN"]),
    ("UNK", &[*b"UN"]),
    ("EUE", &[*b"EU"]),
    ("RKS", &[*b"KS"]),
    ("HKG", &[*b"CN"]),
    ("MAC", &[*b"CN"]),
    ("CHN", &[*b"HK", *b"MO"]),
    ("UTO", &[*b"UT"]),
];

/// ISO 3166-1: alpha-3 followed by alpha-2 (pycountry's copy of the maintenance agency's list; `ANT`, `NTZ` are withdrawn).
const ISO_3166_1: &str = "ANTAN NTZNT ABWAW AFGAF AGOAO AIAAI ALAAX ALBAL ANDAD AREAE ARGAR ARMAM ASMAS ATAAQ ATFTF ATGAG AUSAU AUTAT AZEAZ BDIBI \
    BELBE BENBJ BESBQ BFABF BGDBD BGRBG BHRBH BHSBS BIHBA BLMBL BLRBY BLZBZ BMUBM BOLBO BRABR BRBBB BRNBN BTNBT BVTBV BWABW \
    CAFCF CANCA CCKCC CHECH CHLCL CHNCN CIVCI CMRCM CODCD COGCG COKCK COLCO COMKM CPVCV CRICR CUBCU CUWCW CXRCX CYMKY CYPCY \
    CZECZ DJIDJ DMADM DNKDK DOMDO DZADZ ECUEC EGYEG ERIER ESHEH ESPES ESTEE ETHET FINFI FJIFJ FLKFK FRAFR FROFO FSMFM GABGA \
    GBRGB GEOGE GGYGG GHAGH GIBGI GINGN GLPGP GMBGM GNBGW GNQGQ GRCGR GRDGD GRLGL GTMGT GUFGF GUMGU GUYGY HKGHK HMDHM HNDHN \
    HRVHR HTIHT HUNHU IDNID IMNIM INDIN IOTIO IRLIE IRNIR IRQIQ ISLIS ISRIL ITAIT JAMJM JEYJE JORJO JPNJP KAZKZ KENKE KGZKG \
    KHMKH KIRKI KNAKN KORKR KWTKW LAOLA LBNLB LBRLR LBYLY LCALC LIELI LKALK LSOLS LTULT LUXLU LVALV MACMO MAFMF MARMA MCOMC \
    MDAMD MDGMG MDVMV MEXMX MHLMH MKDMK MLIML MLTMT MMRMM MNEME MNGMN MNPMP MOZMZ MRTMR MSRMS MTQMQ MUSMU MWIMW MYSMY MYTYT \
    NAMNA NCLNC NERNE NFKNF NGANG NICNI NIUNU NLDNL NORNO NPLNP NRUNR NZLNZ OMNOM PAKPK PANPA PCNPN PERPE PHLPH PLWPW PNGPG \
    POLPL PRIPR PRKKP PRTPT PRYPY PSEPS PYFPF QATQA REURE ROURO RUSRU RWARW SAUSA SDNSD SENSN SGPSG SGSGS SHNSH SJMSJ SLBSB \
    SLESL SLVSV SMRSM SOMSO SPMPM SRBRS SSDSS STPST SURSR SVKSK SVNSI SWESE SWZSZ SXMSX SYCSC SYRSY TCATC TCDTD TGOTG THATH \
    TJKTJ TKLTK TKMTM TLSTL TONTO TTOTT TUNTN TURTR TUVTV TWNTW TZATZ UGAUG UKRUA UMIUM URYUY USAUS UZBUZ VATVA VCTVC VENVE \
    VGBVG VIRVI VNMVN VUTVU WLFWF WSMWS YEMYE ZAFZA ZMBZM ZWEZW";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_three_and_two_letters() {
        for row in ISO_3166_1.split(' ') {
            assert!(row.len() == 5 && row.bytes().all(|b| b.is_ascii_uppercase()), "{row}");
        }
        assert!(signs_for(*b"VN", "VNM") && signs_for(*b"CN", "HKG") && signs_for(*b"GB", "GBR"));
        assert!(!signs_for(*b"VN", "") && !signs_for(*b"VN", "VN") && !signs_for(*b"M_", "VN"));
    }
}
