//! The one rule of the house: a file uses the floors below it and, in its own folder, the files whose `mod` lines stand before its own.

#![allow(clippy::arithmetic_side_effects, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::fs;
use std::path::{Path, PathBuf};

/// Floors from the ground up, as in the crate docs.
const FLOORS: [&str; 8] = ["base", "encoding", "crypto", "envelope", "document", "law", "verify", "boundary"];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

/// Code without comments, doc examples and unit tests.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let text = text.split("#[cfg(test)]\nmod tests").next().unwrap();
    text.lines().filter(|line| !line.trim_start().starts_with("//")).map(|line| format!("{line}\n")).collect()
}

/// `crate::a::b::c` → `["a", "b", "c"]`, for every such path in the code.
fn paths(code: &str) -> Vec<Vec<&str>> {
    let word = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    code.match_indices("crate::")
        .filter(|(at, _)| !code[..*at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$'))
        .map(|(at, _)| {
            let rest = &code[at + "crate::".len()..];
            let end = rest.find(|c| !word(c)).unwrap_or(rest.len());
            rest[..end].split("::").filter(|step| !step.is_empty()).collect()
        })
        .collect()
}

/// The order of `mod` lines in a folder.
fn order(folder: &Path) -> Vec<String> {
    let text = fs::read_to_string(folder.join("mod.rs")).unwrap_or_default();
    text.lines()
        .filter_map(|line| line.trim().trim_start_matches("pub ").trim_start_matches("pub(crate) ").strip_prefix("mod "))
        .map(|rest| rest.trim_end_matches(';').to_owned())
        .collect()
}

#[test]
fn every_file_looks_down_only() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    assert!(files.len() > 30, "the test looks at the wrong folder");
    let mut wrong = Vec::new();
    for file in &files {
        let place: Vec<String> =
            file.strip_prefix(&root).unwrap().with_extension("").iter().map(|part| part.to_string_lossy().into_owned()).collect();
        let Some(floor) = FLOORS.iter().position(|floor| *floor == place[0]) else { continue };
        let text = code(file);
        let name = place.join("/");
        for forbidden in ["crate::{", "super::super", "use super::"] {
            if text.contains(forbidden) {
                wrong.push(format!("{name}: `{forbidden}` hides the floor of a path"));
            }
        }
        if floor < 7 && text.contains("std::") {
            wrong.push(format!("{name}: `std::` below floor 7"));
        }
        for path in paths(&text) {
            let Some(target) = FLOORS.iter().position(|floor| *floor == path[0]) else { continue };
            if target > floor {
                wrong.push(format!("{name}: crate::{} is above it", path.join("::")));
            }
            // siblings, in the innermost folder that both share
            let shared = place.iter().zip(&path).take_while(|(here, there)| here == there).count();
            if target != floor || shared == 0 || shared >= place.len() || shared >= path.len() || place[shared] == "mod" {
                continue;
            }
            let folder = place[..shared].iter().fold(root.clone(), |folder, part| folder.join(part));
            let order = order(&folder);
            let (Some(mine), Some(theirs)) = (order.iter().position(|m| *m == place[shared]), order.iter().position(|m| m == path[shared]))
            else {
                continue;
            };
            if theirs > mine {
                wrong.push(format!("{name}: crate::{} is listed after it", path.join("::")));
            }
        }
    }
    wrong.sort();
    wrong.dedup();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
