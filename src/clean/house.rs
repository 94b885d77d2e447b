//! Lines in which an agency is credited beside somebody else: an outlet, a desk, writers, editors.

use super::byline;
use crate::agency::{Agencies, AgencyIx};

/// An outlet beside agencies: `red, ORF.at/Agenturen`, `Le Courrier avec AFP`, `AP contributed`.
pub(super) fn house(agencies: &Agencies, line: &str) -> Option<Vec<AgencyIx>> {
    let line = line.trim_matches(|c: char| !c.is_alphanumeric());
    if let Some(before) = line.strip_suffix(" contributed") {
        return agencies.credit(before).or_else(|| writers(agencies, before));
    }
    desks(agencies, line)
        .or_else(|| byline::house_with(agencies, line))
        .or_else(|| agencies.credit(byline::opened(line)?))
        .or_else(|| editors(agencies, line))
}

/// `AP writers Jane Roe in Paris and John Doe in London`
fn writers(agencies: &Agencies, line: &str) -> Option<Vec<AgencyIx>> {
    let named = agencies.named(line).next().filter(|named| named.span.start == 0)?;
    let rest = line[named.span.range().end..].trim_start();
    let who = ["writer", "journalist", "reporter", "correspondent"];
    who.iter().any(|who| rest.starts_with(who)).then(|| vec![named.agency])
}

/// An agency, then its editors' initials in capitals: `PTI ABC DEF`.
fn editors(agencies: &Agencies, line: &str) -> Option<Vec<AgencyIx>> {
    let (agency, editors) = line.split_once(' ')?;
    let initials =
        |word: &str| (2..=4).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_uppercase());
    let few = line.len() <= 40 && editors.split(' ').all(initials);
    agencies.credit(agency).filter(|_| few)
}

/// Agencies among desks and sites: `ntv.de, dpa`.
pub(super) fn desks(agencies: &Agencies, line: &str) -> Option<Vec<AgencyIx>> {
    let mut named = Vec::new();
    for piece in line.split([',', '/', '|', '+', ';']).map(str::trim) {
        let site = piece.contains('.') && !piece.contains(char::is_whitespace);
        match agencies.credit(piece) {
            Some(credit) => named.extend(credit),
            None if site || matches!(piece, "red" | "Red" | "eigene" | "own" | "Redaktion") => {}
            None => return None,
        }
    }
    (!named.is_empty()).then_some(named)
}
