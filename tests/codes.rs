//! The public codes are frozen: this snapshot grows, and nothing in it is ever renamed or reused.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

/// Every code in the source, read from the table itself so that none can be forgotten here.
fn codes() -> Vec<String> {
    let source = include_str!("../src/verify/code.rs");
    let table = source.split("codes! {\n").nth(1).unwrap();
    let rows = table.lines().filter(|line| !line.trim_start().starts_with("#[")).filter_map(|line| line.split(" = \"").nth(1));
    rows.map(|rest| rest.trim_end_matches("\";").to_owned()).collect()
}

#[test]
fn no_code_is_lost_or_renamed() {
    let codes = codes();
    let frozen: Vec<&str> = include_str!("codes.txt").lines().collect();
    let lost: Vec<&&str> = frozen.iter().filter(|code| !codes.iter().any(|known| known == **code)).collect();
    assert!(lost.is_empty(), "gone from src/verify/code.rs: {lost:?}");
    let new: Vec<&String> = codes.iter().filter(|code| !frozen.contains(&code.as_str())).collect();
    assert!(new.is_empty(), "add to tests/codes.txt (and sentences to pkg/messages.js): {new:?}");
}

#[test]
fn a_code_is_one_lower_case_word() {
    for code in codes() {
        assert!(code.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_'), "{code}");
    }
}
