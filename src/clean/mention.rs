//! Tells an agency that a story mentions from one that owns a picture.

use super::EvidenceKind;
use crate::span::Span;

/// Words beside which an agency is named as owner of a picture.
const PICTURE: &[&str] = &[
    "photo", "foto", "fotó", "image", "imagen", "picture", "pictured", "getty", "bild", "credit:",
    "video", "caption", "фото", "صورة", "写真", "图", "图片", "/", "©",
];

/// The role in which running text names an agency at `span`.
pub(super) fn role(text: &str, span: Span) -> EvidenceKind {
    const NEAR: usize = 16;
    let before = &text
        [text.floor_char_boundary((span.start as usize).saturating_sub(NEAR))..span.start as usize];
    let after = &text
        [span.end as usize..text.ceil_char_boundary((span.end as usize + NEAR).min(text.len()))];
    let before = before.trim_end_matches([' ', '(']).to_lowercase();
    let after = after.trim_start().to_lowercase();
    let pictured = PICTURE.iter().any(|cue| before.trim_end_matches(':').ends_with(cue))
        || before.ends_with("credit:")
        || ["photo", "via getty", "/"].iter().any(|cue| after.starts_with(cue));
    if pictured { EvidenceKind::PhotoCredit } else { EvidenceKind::Mention }
}
